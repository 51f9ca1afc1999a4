"""To which texts each side of a family link agrees: an adult for herself, a guardian for a minor, and separately for a young child."""
from xinyijian.casework.days import day_of
from xinyijian.people import consents
from xinyijian.people.authority import is_minor

from .policy import full_years


def kinds_for(link, side, at) -> list[tuple]:
    """[(side, kind of text), …] that this side has to agree to today."""
    born, on = _born_on(link, side), day_of(at)
    if side != "guardian" and not (born and is_minor(born, on)):
        return [(side, "kinship")]
    young = full_years(born, on) < link.params().separate_consent_under and link.child_consent_at is None
    return [(side, "guardian"), *([(side, "child_under_14")] if young else [])]


def kinds_at_sending(link, at) -> list[tuple]:
    """What the one who asks agrees to herself: her own side, and that of a minor child."""
    relative = kinds_for(link, "relative", at)
    return [*kinds_for(link, "person", at), *(relative if relative[0][1] == "guardian" else [])]


def texts_for(agreed) -> list:
    """The texts behind them, each once."""
    return [consents.text_of(kind) for kind in dict.fromkeys(kind for _side, kind in agreed)]


def _born_on(link, side):
    if side == "guardian":
        side = "relative" if link.relation == "child" else "person"
    return link.person.born_on if side == "person" else link.relative_born_on
