"""Events and seals to look at. Nobody adds, changes or deletes one."""

from django.contrib import admin

from xinyijian.listing import Keyed

from .models import Event, Seal


class ReadOnlyAdmin(Keyed, admin.ModelAdmin):
    """Shows what append-only tables hold; usable by every app that has one."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["id", "at", "kind", "object_id", "verb", "source", "target", "by_id", "by_label", "on_behalf_of_id", "region"]
    search_fields = ["=object_id", "=person_id", "^kind"]  # no filters: counting distinct kinds reads the whole table


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ["id", "sealed_at", "count", "last_event", "head"]
    fields = ["sealed_at", "count", "last_txid", "last_event", "head"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("leaves")

    @admin.display(description="sha256")
    def head(self, seal):
        return bytes(seal.root).hex()
