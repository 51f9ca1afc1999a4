"""Check your answers: what was answered, in words, each with the page on which it is changed."""
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from xinyijian.casework.days import day_of
from xinyijian.templatetags.portal import moment

from . import walk
from .drafts import mistyped_of
from .states import LONG


@dataclass(frozen=True)
class Row:
    word: str
    value: str
    url: str = ""


def rows_of(filing, way, asked) -> list[Row]:
    """Only what counts: answers to questions that no longer apply are not shown, because they are not sent."""
    return [*_who(filing), *_why(filing, way), *_where(filing), *_stay(filing, way), *_how(filing, way, asked), *_contact(filing),
            *_signed(filing, way)]


def _who(filing):
    person = filing.person
    rows = [Row(_("For whom"), person.masked_name), Row(_("Certificate"), person.masked_cert), Row(_("Insured in"), str(filing.region))]
    return [*rows, Row(_("Filed by"), filing.agent.masked_name)] if filing.agent else rows


def _why(filing, way):
    rows = [Row(_("Type"), capfirst(filing.get_type_display()), "" if way.is_emergency else walk.TYPE.url(filing))]
    rows += [Row(_("Care already begun"), filing.get_occasion_display(), walk.CARE.url(filing))]
    if walk.REFERRAL not in way.pages:
        return rows
    level = f" · {filing.get_referral_level_display()}" if filing.referral_level else ""
    return [*rows, Row(_("Hospital that refers"), f"{filing.referral_hospital}{level}", walk.REFERRAL.url(filing))]


def _stay(filing, way):
    if walk.STAY not in way.pages:
        return []
    url, typed = walk.STAY.url(filing), mistyped_of(filing)
    return [
        Row(_("Hospital there"), str(filing.care_organisation or filing.care_hospital), url),
        Row(_("Admitted on"), _day(filing.admitted_on) or typed.get("admitted_on", ""), url),
        Row(_("Discharge"), moment(filing.discharge_at) if filing.discharge_at else typed.get("discharge_at", ""), url),
    ]


def _where(filing):
    url, typed = walk.WHERE.url(filing), mistyped_of(filing)
    rows = [Row(_("City of care"), str(filing.place or typed.get("place_id", "")), url)]
    if filing.occasion == filing.Occasion.PLANNED:  # else the days of the stay say it
        rows += [Row(_("From"), _day(filing.start_on) or typed.get("start_on", ""), url)]
    if filing.type in LONG or not filing.type:
        rows += [Row(_("Living there since"), _day(filing.resident_since) or typed.get("resident_since", ""), url)]
    return rows


def _how(filing, way, asked):
    rows = [Row(_("Shown by"), filing.get_basis_display(), walk.BASIS.url(filing))] if walk.BASIS in way.pages else []
    return [*rows, *(Row(paper.title, _given(paper, filing), f"{walk.PAPERS.url(filing)}#paper-{paper.code}") for paper in asked)]


def _given(paper, filing):
    if not paper.given:
        return _("to follow later, as promised") if paper.may_follow and filing.promise_signed_at else _("still missing")
    return _("given on %(day)s: %(name)s") % {"day": _day(day_of(paper.given.received_at)), "name": paper.given_name}


def _contact(filing):
    url, typed = walk.CONTACT.url(filing), mistyped_of(filing)
    return [
        Row(_("Contact person"), filing.contact_name or typed.get("contact_name", ""), url),
        Row(_("Phone"), filing.contact_phone or typed.get("contact_phone", ""), url),
        Row(_("Address there"), filing.remote_address or typed.get("remote_address", ""), url),
    ]


def _signed(filing, way):
    url = walk.SIGN.url(filing)
    rows = [Row(_("Commitment letter"), _when(filing.commitment_signed_at), url)] if way.facts.by_commitment else []
    return [*rows, Row(_("Promise to hand in later"), _when(filing.promise_signed_at), url)] if filing.promise_signed_at else rows


def _when(at):
    return _("signed on %(day)s") % {"day": _day(day_of(at))} if at else _("not signed yet")


def _day(day):
    return date_format(day, _("j M Y")) if day else ""
