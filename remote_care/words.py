"""What the shared pages say of a filing: names of what is due, of facts, papers and reasons."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Unmet
from xinyijian.people.models import Region, Relation

from . import services
from .papers_asked import WHY, list_of
from .parameters import name_of, names_of
from .refusals import reason_texts

OPENED_AT_HOSPITAL, open_at_hospital = "remote_care.open_filing", services.open_at_hospital  # casework.assisted
DUES = {  # name -> (for staff, for the person)
    "decide": (_("Decide the filing"), _("The bureau decides")),
    "correct": (_("Correct what was returned"), _("Please correct it and send it again")),
    "enter_number": (_("Number is missing: see what the platform says"), _("The number arrives; then the filing is in force")),
    "verify": (_("Check the document handed in"), _("We check the document that you handed in")),
    "supplement": (_("Missing documents"), _("Please hand in what is missing")),
    "decide_overdue": (_("Decide what becomes of the overdue gap"), _("An officer decides what happens about the missing document")),
    "confirm_cancelled": (_("The platform did not take the number back: see to it"), _("We see to it that the number is taken back")),
    "end": (_("Ends"), _("The filing ends")),
    "settle": (_("Discharge: settle directly"), _("The hospital settles directly when you leave")),
}
FACTS = {
    "asked_on": _("sent on"),
    "type": _("type"),
    "for_other": _("filed by a relative"),
    "stands_in": _("what binds that relative to her"),
    "by_commitment": _("with a commitment letter"),
    "commitment_signed": _("commitment letter signed"),
    "promise_signed": _("promise to hand in later signed"),
    "notice_read": _("filing notice read"),
    "alive": _("alive"),
    "insured_here": _("insured in this region"),
    "place": _("city of care"),
    "home": _("insured in"),
    "place_detailed": _("detailed address given"),
    "contact_complete": _("contact person complete"),
    "start_on": _("from"),
    "resident_since": _("living there since"),
    "other_places": _("other cities filed for"),
    "same_place_live": _("another live filing for this city"),
    "documents": _("documents given"),
    "redo": _("documents asked for again"),
    "beneficiary": _("enjoys Trust Health"),
    "through": _("through"),
    "breaches": _("a promise was broken and not mended"),
    "gap_overdue": _("a promised document is overdue"),
    "in_force_on": _("in force since"),
    "channel": _("filed by"),
    "referral_hospital": _("referring hospital"),
    "referral_level": _("level of the referring hospital"),
    "occasion": _("care already begun"),
    "admitted_on": _("admitted on"),
    "discharged_on": _("discharge on"),
    "replaces_in_force_on": _("the filing before this one in force since"),
}
ERRANDS = {  # name -> (what was asked, the verb that does it by hand)
    "ask_number": (_("Ask the insurance platform for the filing number"), "put_in_force"),
    "cancel_number": (_("Tell the insurance platform that the filing no longer counts"), "confirm_cancelled"),
}
UNMET = {  # code of a rule -> what the report calls it
    "notice_unread": _("the filing notice was not read"),
    "not_insured": _("not insured in this region"),
    "not_away": _("the place of care is in the home city"),
    "start_unsound": _("the start date is unsound"),
    "contact_incomplete": _("contact or address is incomplete"),
    "commitment_lacking": _("the commitment letter is not signed, or the stay is too short"),
    "commitment_not_allowed": _("a commitment letter is not allowed here"),
    "too_many_cities": _("too many cities at once"),
    "already_filed": _("there is a live filing for this city"),
    "principal_missing": _("principal documents are missing"),
    "gap_not_allowed": _("documents are missing that may not follow later"),
    "change_begun": _("a change is under way already"),
    "channel_closed": _("this way to file is not open"),
    "emergency_is_filed": _("an emergency counts as filed"),
    "not_in_the_group": _("the helper is not in the family mutual-aid group"),
    "referral_unsound": _("the referral is not sound"),
    "same_province": _("the national entry is for another province only"),
    "stay_incomplete": _("the stay is not described completely"),
    "type_missing": _("no type was chosen"),
}
LETTERS = {"filing_notice": _("Filing notice"), "commitment": _("Commitment letter"), "promise": _("Promise to hand in later")}
HOW = {"online": _("signed online"), "paper": _("signed on paper"), "read": _("read")}
STANDS_IN = {"guardian": _("parent of a minor"), "mutual_aid": _("the same mutual-aid group")}
THROUGH = {"self": _("own excellent credit"), **{relation.value: relation.label for relation in Relation}}


def document_name(code) -> str:
    """A paper's name in the active language."""
    return name_of(code)


LATE = _("This filing stays ended, also when the document comes now. But it makes good your promise: once it is checked, "
         "you may promise again in a new filing.")


def gap_of(filing, code) -> dict:
    """Why a paper is asked for (what it still brings, when the filing has lapsed), and what will do instead."""
    papers = [paper for part in list_of(filing).values() for paper in part]
    paper = next((p for p in papers if p["code"] == code), {})
    why = LATE if filing.status == filing.Status.LAPSED else WHY.get(code, "")
    substitutes = paper.get("substitutes", ())
    return {"why": why, "substitutes": [name_of(c) for c in substitutes], "kinds": (code, *substitutes)}


def private(filing) -> dict:
    """What is masked at the desk beside the person's own: {code: (word, value)}."""
    return {
        "contact_name": (_("contact person"), filing.contact_name),
        "contact_phone": (_("contact person's phone"), filing.contact_phone),
    }


def reasons_of(filing) -> list[Unmet]:
    """What only a person could see, each with what to do about it."""
    return [Unmet("seen", reason["text"], remedy=reason["remedy"]) for reason in reason_texts(filing.reasons)]


def asked_again(filing) -> list[str]:
    """The papers that the bureau wants once more."""
    return [name_of(code) for code in filing.redo]


def edit_url(filing) -> str:
    """The form in which it is filled in."""
    return reverse("remote_care:resume", args=[filing.number])


def signed(filing) -> list[dict]:
    """The letters that were signed or read: which version, by its fingerprint, when; newest first."""
    return [
        {
            "name": LETTERS.get(e["name"], e["name"]),
            "how": HOW.get(e["how"], e["how"]),
            "version": e["version"],
            "sha256": e["sha256"],
            "names": names_of(e["codes"]),
            "at": datetime.fromisoformat(e["at"]),
        }
        for e in reversed(filing.signed_letters)
    ]


def facts_in_words(facts) -> list[tuple]:
    """[(word, value)] of the facts on which a decision rests; one query for the places."""
    codes = {facts.place, facts.home, *facts.other_places}
    places = {region.pk: str(region) for region in Region.objects.filter(pk__in=codes)}
    return [(word, _value(name, getattr(facts, name, None), places)) for name, word in FACTS.items()]


CHOICES = {"type": "Type", "channel": "Channel", "occasion": "Occasion"}  # fact -> its words on Filing


def _value(name, value, places):
    from .models import Filing

    if name in ("place", "home"):
        return places.get(value, value)
    if name == "other_places":
        return ", ".join(places.get(code, code) for code in value)
    if name in ("documents", "redo"):
        return names_of(value)
    if name in CHOICES:
        return dict(getattr(Filing, CHOICES[name]).choices).get(value, value)
    if name == "stands_in":
        return STANDS_IN.get(value, value)
    return THROUGH.get(value, value) if name == "through" else value.isoformat() if isinstance(value, date) else value
