"""Long tables in Django's admin: newest first, page after page along the primary key. Nothing is counted, and any depth costs the same."""

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.http import Http404

AFTER = "after"  # the key that a page begins below


class KeyedList(ChangeList):
    """A list that knows its next page, not how many there are."""

    def get_filters_params(self, params=None):
        for kept in (self.params, self.filter_params):
            kept.pop(AFTER, None)  # a place is no filter, and another filter begins at its own beginning
        return super().get_filters_params(params)

    def get_results(self, request):
        """The rows of this page, and one more to know whether it goes on."""
        after, size = request.GET.get(AFTER, ""), self.list_per_page
        rows = self.queryset.order_by("-pk")
        found = list((rows.filter(pk__lt=self.key(after)) if after else rows)[: size + 1])
        self.result_list = found[:size]
        self.result_count, self.full_result_count = len(self.result_list), None
        self.show_all = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(found)
        self.paginator = self.model_admin.get_paginator(request, self.result_list, size)
        self.next_url = self.get_query_string({AFTER: found[size - 1].pk}) if len(found) > size else ""
        self.first_url = self.get_query_string() if after else ""

    def key(self, text):
        """What the address says; 404 for what was never a key of this table."""
        try:
            return self.lookup_opts.pk.clean(text, None)
        except ValidationError:
            raise Http404 from None


class Keyed:
    """For a ModelAdmin of a table that grows."""

    change_list_template = "admin/keyed_list.html"
    show_full_result_count = False
    sortable_by = ()  # a column without an index would be sorted whole
    ordering = ("-pk",)
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return KeyedList
