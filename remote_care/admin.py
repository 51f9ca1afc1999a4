from django.contrib import admin

from xinyijian.casework.admin import CaseAdmin

from .models import Filing


@admin.register(Filing)
class FilingAdmin(CaseAdmin):
    exclude = ["mistyped", "signed_letters", "remote_address", "contact_name", "contact_phone"]  # seen at the desk, for a reason
    list_display = [*CaseAdmin.list_display, "type", "place"]
    list_select_related = ["person", "region", "place"]
