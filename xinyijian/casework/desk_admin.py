"""How the desk works and what it sends, in Django's admin: sendings, letters' numbers, saved views, stand-ins, deeds on many cases."""
from django.contrib import admin
from django.db.models import Q

from xinyijian.people import scope
from xinyijian.people.models import Post

from .looked_admin import Looked
from .models import BulkAct, LetterSeries, Notice, SavedView, Sending, StandIn


@admin.register(Sending)
class SendingAdmin(Looked):
    """What became of a notice on one rung of the ladder; what was said on the phone stays with who phones."""

    list_display = ["notice", "channel", "state", "at", "attempts", "answered_at", "problem"]
    list_select_related = ["notice__docket"]
    search_fields = ["notice__docket__number"]
    exclude = ["said"]

    def visible(self, rows, user, at):
        return rows.filter(notice__in=Notice.objects.visible_to(user, at).values("pk"))


@admin.register(LetterSeries)
class LetterSeriesAdmin(Looked):
    list_display = ["region", "year", "kind", "last"]
    list_select_related = ["region"]
    search_fields = ["region__code"]

    def visible(self, rows, user, at):
        return rows.filter(region__in=scope.regions_of(user, "casework.read", at))


@admin.register(SavedView)
class SavedViewAdmin(Looked):
    list_display = ["name", "owner", "office", "pinned", "made_at"]
    list_select_related = ["owner", "office"]
    search_fields = ["name"]

    def visible(self, rows, user, at):
        return rows.filter(Q(owner=user) | Q(office__in=scope.organisations_of(user, "casework.read", at)))


@admin.register(StandIn)
class StandInAdmin(Looked):
    """Who and when; whether she is ill is between her and her head."""

    list_display = ["absent", "deputy", "since", "until", "ended_at"]
    list_select_related = ["absent", "deputy"]
    search_fields = ["absent__username"]
    exclude = ["because"]

    def visible(self, rows, user, at):
        """Of one's own offices."""
        colleagues = Post.objects.filter(organisation__in=scope.organisations_of(user, "casework.read", at))
        return rows.filter(absent__in=colleagues.values("user"))


@admin.register(BulkAct)
class BulkActAdmin(Looked):
    list_display = ["at", "by", "kind", "verb"]
    list_select_related = ["by"]
    search_fields = ["verb"]

    def visible(self, rows, user, at):
        return rows.filter(by=user)
