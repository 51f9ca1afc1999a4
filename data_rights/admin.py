from django.contrib import admin

from xinyijian.casework.admin import CaseAdmin

from .models import Correction, Reopening, Review


@admin.register(Correction)
class CorrectionAdmin(CaseAdmin):
    exclude = ["wanted", "held", "said"]
    list_display = [*CaseAdmin.list_display, "field"]


@admin.register(Review)
class ReviewAdmin(CaseAdmin):
    exclude = ["said"]
    list_display = [*CaseAdmin.list_display, "about"]
    list_select_related = ["person", "region", "about"]


@admin.register(Reopening)
class ReopeningAdmin(CaseAdmin):
    pass
