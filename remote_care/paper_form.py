"""异地就医登记备案表 (S3.32): the paper form, empty for a pen or filled in from a filing."""
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.letters.content import two
from xinyijian.people import masking
from xinyijian.templatetags.portal import day, moment

from .papers import NAMES
from .parameters import documents_for, name_of
from .states import CHOSEN, Occasion, Type

DEMO = _("Demo system: nobody's real case, and without legal effect")
SCHEMES = {"310": _("employees' insurance"), "390": _("residents' insurance")}  # insutype
BLANK = ("household_register_front", "household_register_page", "residence_proof", "posting_letter", "referral_form")


def content_of(filing=None, *, at, masked=False) -> dict:
    """Everything that form.typ prints; plain strings, lists and dicts. Without a filing it is empty."""
    parts = (_person(filing, masked), _stay(filing, masked), _papers(filing, at), _signed(filing))
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": two(_("Registration form for care elsewhere")),
        "head": settings.OFFICIAL_NAME or gettext("Demo system"),
        "demo": "" if settings.OFFICIAL_NAME else str(DEMO),
        "number": filing.number if filing else "",
        "issued": moment(at) if filing else "",
        "parts": [{"heading": two(heading), "rows": rows} for heading, rows in parts],
        "notes": [gettext("What is marked with * must be filled in. An emergency counts as filed: nobody needs this form before it."),
                  gettext("A wrong statement ends the filing, and what the fund paid too much is paid back.")],
        "lacking": "",
    }


def _row(word, value="", *, must=False, wide=False, ticks=()):
    words = [f"{one} *" for one in two(word)] if must else two(word)
    return {"word": words, "value": str(value or ""), "wide": wide, "ticks": [{"word": str(name), "on": bool(on)} for name, on in ticks]}


def _person(filing, masked):
    person, agent = (filing.person, filing.agent) if filing else (None, None)
    scheme = person.insutype if person else ""
    return _("Insured person"), [
        _row(_("Name"), person and (person.masked_name if masked else person.name), must=True),
        _row(_("Certificate number"), person and person.masked_cert, must=True),
        _row(_("Insured in"), filing and filing.region, must=True),
        _row(_("Scheme"), must=True, ticks=[(word, code == scheme) for code, word in SCHEMES.items()]),
        _row(_("Filed by (a relative)"), agent and (agent.masked_name if masked else agent.name)),
        _row(_("Relation to the insured person"), ""),
    ]


def _stay(filing, masked):
    kinds = [(capfirst(one.label), filing and filing.type == one) for one in (*CHOSEN, Type.EMERGENCY) if filing or one != Type.EMERGENCY]
    begun = [(one.label, filing and filing.occasion == one) for one in Occasion]
    level = f" · {filing.get_referral_level_display()}" if filing and filing.referral_level else ""
    name, phone = (filing.contact_name, filing.contact_phone) if filing else ("", "")
    if masked:
        name, phone = masking.name(name), masking.phone(phone)
    return _("Filing"), [
        _row(_("Type"), must=True, wide=True, ticks=kinds),
        _row(_("City of care"), filing and filing.place, must=True),
        _row(_("From"), filing and day(filing.start_on), must=True),
        _row(_("Contact person"), name, must=True),
        _row(_("Phone"), phone, must=True),
        _row(_("Detailed address at the place of care"), filing and filing.remote_address, wide=True),
        _row(_("Care already begun"), wide=True, ticks=begun),
        _row(_("Hospital there"), filing and (filing.care_organisation or filing.care_hospital)),
        _row(_("Admitted on"), filing and day(filing.admitted_on)),
        _row(_("Hospital that refers"), filing and f"{filing.referral_hospital}{level}", wide=True),
    ]


def _papers(filing, at):
    if filing is None:
        ticks = [(NAMES[code], False) for code in BLANK]
    else:
        facts = filing.facts_for([filing], at)[filing.pk]
        asked = documents_for(filing.params(), filing.type, filing.channel)["commitment" if facts.by_commitment else "documents"]
        papers = [paper for part in asked.values() for paper in part]
        ticks = [(name_of(paper["code"]), {paper["code"], *paper.get("substitutes", ())} & set(facts.documents)) for paper in papers]
    letter = (_("commitment letter"), filing and filing.commitment_signed_at)
    return _("Papers handed in"), [_row(_("Papers"), wide=True, ticks=[*ticks, letter])]


def _signed(filing):
    read = [(_("I have read the filing notice"), filing and filing.notice_read_at)]
    return _("Signatures"), [
        _row(_("Filing notice"), must=True, wide=True, ticks=read),
        _row(_("Signature of the insured person or her relative"), must=True),
        _row(_("Date")),
        _row(_("Clerk: checked and registered")),
        _row(_("Date and seal")),
    ]
