"""What the trail records as codes, in words; the code itself stands small beside them on the page."""

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import looks
from xinyijian.casework.capacity import words_for
from xinyijian.casework.decisions_shown import GRADES
from xinyijian.policies.parameters import DECLARED

DEEDS = {  # verb -> in words; what a case's own steps and a reader's looks are called stands with them
    "activate": _("account opened again"),
    "add": _("added"),
    "agree": _("agreed"),
    "approved": _("put in force"),
    "ask_proof": _("asked for a proof"),
    "bind": _("bound to the person"),
    "bulk": _("pressed a step on many cases"),
    "change": _("changed"),
    "choose_password": _("chose an own password"),
    "close": _("closed by the person"),
    "confirmed": _("confirmed in person"),
    "correct": _("corrected"),
    "create_account": _("account made"),
    "deactivate": _("account closed"),
    "declare": _("declared"),
    "delete": _("deleted"),
    "edited": _("edited"),
    "end": _("ended"),
    "end_post": _("ended a post"),
    "end_sessions": _("signed out everywhere"),
    "end_stand_in": _("ended standing in"),
    "ended": _("ended"),
    "enter": _("entered late from paper"),
    "give": _("leave given"),
    "give_post": _("gave a post"),
    "hand_over": _("handed over"),
    "letter_returned": _("the letter came back"),
    "loaded": _("loaded with the pack"),
    "look": _("opened"),
    "make_key": _("key made"),
    "new_backup_codes": _("made new backup codes"),
    "new_password": _("changed the password"),
    "not_reached": _("called in vain"),
    "open_again": _("opened again at the counter"),
    "phoned": _("told by phone"),
    "posted": _("posted"),
    "print": _("sheets printed"),
    "proposed": _("proposed"),
    "read_from_subsystem": _("read from the credit subsystem"),
    "recognise": _("recognised"),
    "refused": _("refused"),
    "register": _("account opened"),
    "claim": _("took in hand"),
    "release": _("put back"),
    "remove": _("removed"),
    "replaced": _("replaced"),
    "reset_password": _("reset the password"),
    "reset_second_factor": _("reset the authenticator"),
    "reveal": _("saw in full"),
    "revoke": _("taken back"),
    "revoke_key": _("key revoked"),
    "rotate": _("replaced"),
    "rotate_key": _("made a new secret"),
    "search": _("searched"),
    "set_up": _("set up"),
    "sign_in": _("signed in"),
    "sign_out": _("signed out"),
    "stand_in": _("named a colleague to stand in"),
    "sweep": _("emptied what was over"),
    "take": _("took in hand"),
    "token": _("fetched a token"),
    "unbind": _("unbound"),
    "unlock": _("unlocked"),
    "wish": _("chose a way"),
    "withdraw": _("withdrawn"),
    "write": _("wrote on"),
}
PLACES = {  # kinds that are no table of ours
    "oversight.trail": _("search of the trail"),
    "oversight.proof": _("proof of the chain"),
    "oversight.overrides": _("list of exceptions"),
    "oversight.policies": _("list of changed values"),
    "oversight.decisions": _("a decision asked again"),
    "oversight.unmaskings": _("list of values seen in full"),
    "oversight.exports": _("list of exports"),
    "oversight.accounts": _("list of accounts of staff"),
    "people.retention": _("terms of keeping"),
    "casework.search": _("search at the desk"),
    "documents.read": _("a page of a document"),
}
FIELDS = {
    "content": _("value"),
    "grade": _("grade"),
    "reference_id": _("source"),
    "note": _("in our own words"),
    "note_en": _("in our own words, in English"),
    "valid_from": _("valid from"),
    "valid_until": _("last day"),
    "in_force": _("in force"),
}


ENDS = {"asked": _("by herself"), "idle": _("nothing happened for 30 minutes"), "elsewhere": _("signed in elsewhere"),
        "other": _("somebody else came in here"), "closed": _("account closed"), "temporary": _("the temporary password was too old")}


def who(label) -> str:
    """In which capacity somebody did it."""
    return str(_("insured person") if label == "person" else words_for(label))


def because(event) -> str:
    """The reason as it was stated, or why a session ended."""
    return str(ENDS.get(event.data.get("because"), "")) if event.verb == "sign_out" else looks.because_of(event)


def deed(event) -> str:
    """ "signed in: user"; the codes where nobody has named them yet."""
    return ": ".join(str(part) for part in (DEEDS.get(event.verb, event.verb), kind(event.kind)))


def kind(code) -> str:
    """What sort of thing an event is about."""
    if code in PLACES:
        return str(PLACES[code])
    try:
        return str(apps.get_model(code)._meta.verbose_name)
    except (LookupError, ValueError):
        return code


def parameter(value) -> str:
    """What a value of the policy decides."""
    declared = DECLARED.get(value.service, {}).get(value.name)
    return capfirst(str(declared.text)) if declared else value.name


def part(value, name, content) -> str:
    """One field of a value as it was kept in its history."""
    if content is None:
        return "–"
    if isinstance(content, bool):
        return str(_("yes") if content else _("no"))
    declared = DECLARED.get(value.service, {}).get(value.name)
    if name == "grade":
        return str(GRADES.get(content, content))
    return _content(declared, content) if name == "content" and declared else str(content)


def _content(declared, content):
    try:
        return str(declared.in_words(declared.read(content)))
    except (ValueError, TypeError, KeyError):  # of a declaration that has changed since
        return str(content)
