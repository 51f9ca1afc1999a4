"""Who may do what on a family link, whom it tells and when a side has agreed. Pure, but for what somebody is asked to do."""
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of
from xinyijian.people.authority import is_minor

from .states import Channel, Status

SLOTS = {"person": "person_agreed_at", "relative": "relative_agreed_at", "guardian": "guardian_agreed_at"}
TOLD_TO_BOTH = ("accept", "end", "end_by_death", "review", "confirm")


def note(link, agreed, at):
    """Each side that agreed, once; a young child's separate consent has a field of its own."""
    for side, kind in agreed:
        name = "child_consent_at" if kind == "child_under_14" else SLOTS[side]
        setattr(link, name, getattr(link, name) or at)


def grown_up(link, user) -> bool:
    """The child of this link, who confirms it as an adult."""
    return user.person_id is not None and user.person_id == link.young_id


def side_of(link, user) -> str:
    """On which side somebody stands: person, relative, guardian; "" for anybody else."""
    if user.person_id is None:
        return ""
    sides = {link.person_id: "person", link.agent_id: "person", link.relative_id: "relative", link.guardian_id: "guardian"}
    return sides.get(user.person_id, "")


def admits(link, verb, user) -> bool:
    """Kinship is personal: nobody acts in it by a grant. What was asked online is sent and withdrawn by whoever asked."""
    staff, side = getattr(user, "is_staff", False), side_of(link, user)
    if staff:
        return verb not in ("submit", "withdraw") or link.channel == Channel.COUNTER
    wanted = {"submit": ("person",), "withdraw": ("person",), "decline": ("relative", "guardian"), "end": ("person", "relative")}
    if verb == "agree":
        return side in ("relative", "guardian") or (side == "person" and link.channel == Channel.COUNTER)
    return user.person_id is None or verb not in wanted or side in wanted[verb]


def offers(link, verb, at) -> bool:
    """Nobody is asked to agree when all have."""
    return verb != "agree" or bool(slots_left(link))


def slots_left(link) -> list[str]:
    """The sides that have not agreed yet."""
    sides = ["person", "relative", *(["guardian"] if link.guardian_id else [])]
    return [side for side in sides if getattr(link, SLOTS[side]) is None]


def is_work_of(link, user) -> bool:
    """Whether she had a hand in it, or it is her own or her family's: then a colleague decides."""
    parties = {link.person_id, link.agent_id, link.relative_id, link.guardian_id} - {None}
    return user.person_id in parties or (user.pk is not None and user.pk in link.makers)


def also_tells(link, verb) -> list[tuple]:
    """[(person id, notice)] beside the one who asked: who is invited to agree, and the other side of what concerns both."""
    if verb == "submit":
        invited = link.guardian_id if is_young_at_asking(link) else link.relative_id
        return [(invited, "invite")] if invited and slots_left(link) else []
    young = link.relation == "child" and link.comes_of_age_on and not link.review_since  # told through whoever asked
    if verb in TOLD_TO_BOTH and not young:
        return [(link.relative_id, "end" if verb == "end_by_death" else verb)]
    return []


def is_young_at_asking(link) -> bool:
    """Whether the other side is a child not yet of age, as it was typed."""
    return link.relation == "child" and link.relative_born_on is not None and is_minor(link.relative_born_on, day_of(link.sent_at))


def needs_of(model, user, at) -> list[dict]:
    """What somebody is asked to agree to, for her first page; one query."""
    if not user.person_id:
        return []
    mine = model.objects.visible_to(user, at).filter(status=Status.ASKED).exclude(person=user.person_id)
    found = [link for link in mine.order_by("pk")[:30] if side_of(link, user) in slots_left(link)]
    return [{"title": model.title, "number": link.number, "what": _("Somebody is asking you to agree"), "kind": "warning",
             "state": _("asked"), "url": f"/family/asked/{link.number}/", "paper": False, "whose": "", "due_at": link.next_due_at}
            for link in found]


