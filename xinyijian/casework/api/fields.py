"""What comes in: named fields only, text that a database can keep, moments with their zone."""

from functools import cache

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from xinyijian.casework.days import SHANGHAI

from .problems import Problem

UNKNOWN = _("There is no such field here")


class Text(serializers.CharField):
    """Text without what no database keeps: NUL (of which the framework's Chinese says that it is empty) and half characters."""

    default_error_messages = dict.fromkeys(("surrogate", "null_characters_not_allowed"), _("This text has half a character in it"))

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        if "\0" in text:
            self.fail("null_characters_not_allowed")
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("surrogate")
        return text


class Moment(serializers.DateTimeField):
    """RFC 3339 with its zone; without one it is refused, because nobody knows which was meant."""

    default_error_messages = {"zone": _("Say the time zone, such as +08:00")}

    def __init__(self, **more):
        super().__init__(default_timezone=SHANGHAI, **more)

    def enforce_timezone(self, value):
        if value.tzinfo is None:
            self.fail("zone")
        return super().enforce_timezone(value)


class Strict(serializers.Serializer):
    """Refuses what it does not know, and names all of it: a misspelt field must not be lost in silence."""

    def to_internal_value(self, data):
        unknown = set(data) - set(self.fields) if hasattr(data, "keys") else ()
        errors = {str(name): [serializers.ErrorDetail(UNKNOWN, code="unknown")] for name in sorted(unknown, key=str)}
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as wrong:
            raise serializers.ValidationError(errors | wrong.detail) from None
        if errors:
            raise serializers.ValidationError(errors)
        return found


def read(serializer, data) -> dict:
    """The typed values; every wrong field is told at once."""
    return _made(serializer).run_validation(data)


@cache
def _made(serializer):
    """Making one costs more than asking it; it keeps nothing of what it is asked."""
    return serializer()


def fields_of(request) -> tuple[dict, dict]:
    """(fields, files) of a body that must be an object."""
    if not hasattr(request.data, "keys"):
        raise Problem("unreadable")
    files = request.FILES.dict()
    return {name: request.data[name] for name in request.data if name not in files}, files
