"""How a person signs in and is reached, and what is in force for her, as sections of what is kept about her."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.care.models import Coverage
from xinyijian.casework.models import Channel
from xinyijian.people import masking
from xinyijian.people.models import Contact, Phone, Wishes

from .section import Section

ENDS = {"ended": _("ended"), "cancelled": _("cancelled"), "lapsed": _("lapsed")}  # why a coverage is over


def sections_of(person, *, masked) -> list[Section]:
    """Phones, other ways to reach her, and her wishes about them."""
    return [_phones(person, masked), _contacts(person, masked), _wishes(person)]


def _phones(person, masked):
    phones = Phone.objects.filter(user__person=person).order_by("pk")
    rows = [{"number": phone.masked_number if masked else phone.number, "verified_at": phone.verified_at} for phone in phones]
    return Section("phones", _("Phones for signing in"), {"number": _("phone"), "verified_at": _("verified")}, rows)


def _contacts(person, masked):
    kept = Contact.objects.filter(person=person).order_by("pk")
    rows = [
        {
            "kind": one.get_kind_display(),
            "address": _masked(one.address) if masked else one.address,
            "since": one.since,
            "ended_at": one.ended_at,
        }
        for one in kept
    ]
    columns = {"kind": _("way"), "address": _("address"), "since": _("proved"), "ended_at": _("until")}
    return Section("contacts", _("WeChat and e-mail by which we reach you"), columns, rows)


def _wishes(person):
    ways = {"": "", **{str(code): str(word) for code, word in Channel.choices}}
    rows = [
        {"first": ways.get(one.first, one.first), "without": gettext(", ").join(ways.get(way, way) for way in one.without)}
        for one in Wishes.objects.filter(person=person)
    ]
    return Section("wishes", _("How you would like to be reached"), {"first": _("first"), "without": _("not by")}, rows)


def coverages(person) -> Section:
    """What counts or counted for her, whichever service granted it."""
    kept = Coverage.objects.filter(person=person).select_related("place").order_by("-starts_on", "-pk")
    rows = [
        {
            "kind": one.get_kind_display(),
            "place": str(one.place or ""),
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "ended_because": ENDS.get(one.ended_because, one.ended_because),
            "number": one.case_number,
            "platform_number": one.platform_number,
        }
        for one in kept
    ]
    columns = {"kind": _("what"), "place": _("place of care"), "starts_on": _("from"), "ends_on": _("until")}
    columns |= {"ended_because": _("ended because"), "number": _("case"), "platform_number": _("platform number")}
    return Section("coverages", _("Filings and benefits in force, now and before"), columns, rows)


def _masked(address):
    return masking.email(address) if "@" in address else f"{address[:2]}****"
