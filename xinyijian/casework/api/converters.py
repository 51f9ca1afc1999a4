"""What may stand in an address for machines; anything else is not found before a database is asked."""

from django.urls import register_converter


class Number:
    """The number of a case, and nothing that a database could not take."""

    regex = "[0-9A-Z-]{1,32}"
    to_python = to_url = staticmethod(str)


class Verb:
    """The name of a step."""

    regex = "[a-z_]{1,40}"
    to_python = to_url = staticmethod(str)


register_converter(Number, "case")
register_converter(Verb, "verb")
