"""Declarations: which parameters a service has, of what type, in what unit and on what basis."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

DECLARED: dict[str, dict[str, "Parameter"]] = {}
TITLES: dict[str, str] = {}  # of groups of parameters that are no service


@dataclass(frozen=True)
class Parameter:
    """One thing that a region decides. `basis` names the item of the requirements that it answers."""

    name: str
    kind: type  # int, Decimal, bool, str, date, list, or dict with a shape of its own
    unit: str = ""
    basis: str = ""
    text: str = ""
    choices: Mapping[str, str] | tuple[str, ...] = ()  # of a str, or of every element of a list
    of: type = str  # the kind of a list's elements
    least: int | None = None
    most: int | None = None
    optional: bool = False  # None is a value: "no end", "no limit"
    shape: Callable[[dict], dict] | None = None  # of a dict: checks it, ValueError in clear words
    tell: Callable[[dict], str] | None = None  # a dict in words

    def __post_init__(self):
        if self.kind not in READERS and self.kind is not list:
            raise TypeError(f"parameter {self.name}: a {self.kind.__name__} is not a kind of parameter")

    def read(self, value):
        """The typed value of stored JSON; ValueError says in clear words what is wrong with it."""
        if value is None and self.optional:
            return None
        if self.kind is list:
            if not isinstance(value, list | tuple):
                raise ValueError(f"{self.name}: {value!r} is not a list")
            return tuple(self._one(self.of, each) for each in value)
        return self._one(self.kind, value)

    def _one(self, kind, value):
        try:
            read = READERS[kind](value)
        except (ValueError, TypeError, InvalidOperation):
            raise ValueError(f"{self.name}: {value!r} is not {KIND_WORDS[kind]}") from None
        if kind is dict and self.shape:
            return self._shaped(read)
        if kind is str and self.choices and read not in self.choices:
            raise ValueError(f"{self.name}: {value!r} is not one of {', '.join(self.choices)}")
        if self.least is not None and read < self.least or self.most is not None and read > self.most:
            raise ValueError(f"{self.name}: {value!r} is not between {self.least} and {self.most}")
        return read

    def _shaped(self, value):
        try:
            return self.shape(value)
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise ValueError(f"{self.name}: {wrong}") from None

    def in_words(self, value) -> str:
        """A typed value as people read it, in the active language."""
        if value is None:
            return _("none")
        if isinstance(value, tuple):
            return _(", ").join(self.in_words(each) for each in value) or _("none")
        if isinstance(value, dict):
            return self.tell(value) if self.tell else str(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(self.choices.get(value, value) if isinstance(self.choices, Mapping) else value)


def declare(service: str, *parameters: Parameter, title: str = "") -> None:
    """Say which parameters a service (or a group with a title of its own) has; the same name twice with different content is a bug."""
    known = DECLARED.setdefault(service, {})
    if title:
        TITLES[service] = title
    for parameter in parameters:
        if known.setdefault(parameter.name, parameter) != parameter:
            raise ValueError(f"{service}.{parameter.name} is declared twice")


def stored(value):
    """A typed value as JSON."""
    if isinstance(value, tuple | list):
        return [stored(each) for each in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _exactly(kind: type):
    def read(value):
        if type(value) is not kind:
            raise TypeError
        return value
    return read


def _decimal(value) -> Decimal:
    if not isinstance(value, str):  # a float has already lost its last digits
        raise TypeError
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError
    return number


def _date(value) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else _exactly(date)(value)  # YAML has days of its own


READERS = {
    int: _exactly(int), bool: _exactly(bool), str: _exactly(str), dict: _exactly(dict), Decimal: _decimal, date: _date}
KIND_WORDS = {
    int: "a whole number", Decimal: "a decimal number in quotes", bool: "true or false", str: "a text", date: "a day (year-month-day)",
    dict: "a group of named values"}
