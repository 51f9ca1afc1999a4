"""A page of rows: newest first or in order, by a sealed place; rows that come meanwhile neither repeat nor hide another."""

from rest_framework import serializers

from .cursors import cursor, place_of
from .fields import Strict, Text
from .views import LONGEST_PAGE, PAGE


class PageQuery(Strict):
    """How much, and from where on."""

    after = Text(required=False, default="", max_length=400, help_text="`next_cursor` of the last answer")
    limit = serializers.IntegerField(required=False, default=PAGE, min_value=1, max_value=LONGEST_PAGE)


def page(rows, question, wish, *, place=lambda row: [row.pk], before=lambda rows, at: rows.filter(pk__lt=at[0])):
    """(rows, next cursor or None) of an ordered queryset. `before` goes on after a place; by default downwards by primary key."""
    at = place_of(wish["after"], question)
    found = list((before(rows, at) if at else rows)[: wish["limit"] + 1])
    more = len(found) > wish["limit"]
    found = found[: wish["limit"]]
    return found, cursor(place(found[-1]), question) if more else None
