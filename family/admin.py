from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from xinyijian.casework.admin import CaseAdmin
from xinyijian.people import scope
from xinyijian.people.admin import OfPerson, Record
from xinyijian.people.models import Consent, MutualAid

from .models import Link


@admin.register(Link)
class LinkAdmin(CaseAdmin):
    exclude = ["relative_name", "relative_cert", "cert_digest"]
    list_display = [*CaseAdmin.list_display, "relation"]


class OnlyRead:
    """These begin and end on their own pages."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Consent)
class ConsentAdmin(OnlyRead, OfPerson):
    list_display = ["person", "kind", "version", "how", "at", "withdrawn_at"]
    list_filter = ["kind"]


@admin.register(MutualAid)
class MutualAidAdmin(OnlyRead, Record):
    list_display = ["holder", "member", "since", "until", "source"]
    list_select_related = ["holder", "member"]
    fields = ["holder", "member", "since", "until", "source", "reference"]

    def get_queryset(self, request):
        mine = scope.reachable_by(request.user, timezone.now())
        return super().get_queryset(request).filter(Q(holder__in=mine) | Q(member__in=mine))
