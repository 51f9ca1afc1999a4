"""A filing before it is sent: saved page by page, never losing what was typed. Own fields only; the state is `act`'s.

Every verb takes the locks of `act`, so that a save and a submission cannot pass each other.
"""
import json
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.casework import documents
from xinyijian.casework.rules import WRONG_STATE, Refused, Unmet
from xinyijian.casework.workflow import lock, may_press, steps_of_class
from xinyijian.people import crypto, scope

from . import letters, validity
from .models import Filing
from .papers_asked import asks_basis
from .policy import secondary_missing

OPEN = (Filing.Status.DRAFT, Filing.Status.RETURNED)
WRITTEN = ("type", "basis", "place", "start_on", "resident_since", "remote_address", "contact_name", "contact_phone", "mistyped",
           "occasion", "care_hospital", "care_organisation", "admitted_on", "discharge_at", "referral_hospital", "referral_level",
           "notice_version", "notice_read_at", "commitment_signed_at", "promise_signed_at", "signed_letters")
SIGNED_AT = {"commitment": "commitment_signed_at", "promise": "promise_signed_at", "filing_notice": "notice_read_at"}
LETTER_CHANGED = Unmet("letter_changed", _("The text has changed since you saw it, because your answers have"), "S3.16",
                       _("Please read it again and sign then"))


@transaction.atomic
def save(filing, answers, mistyped=None, *, by, at):
    """Keep answers by field name, and what could not be understood as it was typed. Refused once the filing is sent."""
    _take(filing, by, at)
    changed = sorted(name for name, value in answers.items() if getattr(filing, name) != value)
    for name, value in answers.items():
        setattr(filing, name, value)
    if changed and by.is_staff:  # somebody else's words: which, not what
        record("casework.Docket", "write", by=by, at=at, object_id=filing.docket_id, person_id=filing.person_id, region=filing.region_id,
               data={"fields": changed})
    filing.mistyped = _with(filing, answers, mistyped or {})
    _settle(filing, at)


def attach(filing, kind, file, *, by, at):
    """Take a paper as a photo or PDF; ValidationError in clear words when it will not do."""
    paper = documents.drawn(file, filing.person_id)
    with transaction.atomic():
        _take(filing, by, at)
        document = documents.receive(filing.docket, kind, paper, by=by, at=at)
        _settle(filing, at)
    return document


@transaction.atomic
def reuse(filing, earlier, kind, *, by, at):
    """Take a paper that the same person gave for another case: nobody is asked twice."""
    _take(filing, by, at)
    document = documents.give_again(earlier, filing.docket, kind, by=by, at=at)
    _settle(filing, at)
    return document


@transaction.atomic
def sign(filing, name, sha256, *, by, at, how="online"):
    """Sign the letter of that name (or note that the notice was read) exactly as it was shown; Refused when it has changed."""
    _take(filing, by, at)
    letter = letter_of(filing, name, at)
    if letter is None or letter.sha256 != sha256:
        raise Refused([LETTER_CHANGED])
    if not getattr(filing, SIGNED_AT[name]):
        filing.signed_letters = [*filing.signed_letters, entry_of(letter, by=by, at=at, how=how)]
        setattr(filing, SIGNED_AT[name], at)
        filing.notice_version = letter.version if name == "filing_notice" else filing.notice_version
    _settle(filing, at)


def entry_of(letter, *, by, at, how) -> dict:
    """What is kept of a signature: the text itself sealed, its hash, who and when; how: online, paper or read."""
    return {"name": letter.name, "version": letter.version, "sha256": letter.sha256, "text": crypto.encrypt(letter.text),
            "codes": list(letter.codes), "by": by.pk, "at": at.isoformat(), "how": how}


def letter_of(filing, name, at):
    """The letter as it reads now; None where this filing has no such letter."""
    if name == "filing_notice":
        return letters.notice_for(filing)
    if name == "commitment":
        return letters.commitment_for(filing) if filing.basis == Filing.Basis.COMMITMENT else None
    missing = missing_secondary(filing, at)
    return letters.promise_for(filing, missing) if missing else None


def missing_secondary(filing, at) -> list[str]:
    """The secondary documents that are not there."""
    return secondary_missing(filing.facts_for([filing], at)[filing.pk], filing.params())


def mistyped_of(filing) -> dict:
    """{field: text as typed} of what could not be understood."""
    return json.loads(filing.mistyped or "{}")


def is_open(filing) -> bool:
    """Whether it can still be changed by the applicant."""
    return filing.status in OPEN


def may_edit(filing, user, at) -> bool:
    """Whoever may send it may fill it in."""
    return may_press(filing, steps_of_class(Filing)["submit"], user, at)


def may_open_filings(user, at) -> bool:
    """Whether somebody may open filings at a bureau's counter, wherever it is; hospitals have a desk of their own."""
    return user.is_active and (user.is_superuser or bool(scope.regions_of(user, "remote_care.open_filing", at)))


def _take(filing, by, at):
    lock(filing, by=by, at=at)
    if not is_open(filing):
        raise Refused([WRONG_STATE])
    if not may_edit(filing, by, at):
        raise PermissionDenied("remote_care.submit_filing")


def _with(filing, answers, mistyped):
    kept = {name: text for name, text in mistyped_of(filing).items() if name not in answers}
    kept |= mistyped
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _settle(filing, at):
    """What no longer applies stops counting: answers decide what is asked, and a signature is good for one text only."""
    if filing.type and not asks_basis(filing):
        filing.basis = Filing.Basis.DOCUMENTS
    if filing.care_organisation_id and filing.care_organisation.region_id[:4] != (filing.place_id or "")[:4]:
        filing.care_organisation = None  # the city was changed after it was chosen: a hospital elsewhere is told nothing
    if filing.occasion != Filing.Occasion.PLANNED:
        filing.start_on = validity.first_day_of_a_stay(filing, at)
    for name, field in SIGNED_AT.items():
        if getattr(filing, field) and not _still_signed(filing, name, at):
            setattr(filing, field, None)
    filing.save(update_fields=WRITTEN)


def _still_signed(filing, name, at):
    entry = last_signed(filing, name)
    letter = letter_of(filing, name, at)
    if entry is None or letter is None:
        return False
    if name == "promise":  # what has come since is no longer promised
        return set(letter.codes) <= set(entry["codes"])
    return entry["sha256"] == letter.sha256


def last_signed(filing, name):
    """The newest signature of that name, or None."""
    return next((entry for entry in reversed(filing.signed_letters) if entry["name"] == name), None)


def signed_letter(filing, name) -> dict | None:
    """The newest signature of that name with its text unsealed, for the page."""
    entry = last_signed(filing, name)
    return entry and entry | {"text": crypto.decrypt(entry["text"]), "at": datetime.fromisoformat(entry["at"])}
