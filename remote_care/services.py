"""Deeds of remote care over several rows: opening a filing, asking for its number."""
from types import SimpleNamespace

from django.core.exceptions import PermissionDenied

from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of
from xinyijian.casework.opening import start
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.gateways import Rejected, platform
from xinyijian.people import authority, scope
from xinyijian.people.sandbox import is_sandbox
from xinyijian.policies import params_for

from . import policy
from .facts import standing_in
from .models import Filing
from .states import COUNTERS

CHANNEL = Filing.Channel
SOURCES = {  # dcla_souc of the platform
    CHANNEL.HOSPITAL: "01", CHANNEL.COUNTER: "02", CHANNEL.TOWNSHIP: "02", CHANNEL.VILLAGE: "02", CHANNEL.ONLINE: "03",
    CHANNEL.PROVINCIAL: "04", CHANNEL.NATIONAL: "04", CHANNEL.KIOSK: "05"}


def open_filing(person, *, by, at, key=None, channel="", emergency=False, kiosk=None) -> Filing:
    """A draft for herself, for somebody who granted it, or for somebody at the counter; otherwise PermissionDenied.

    `channel` is the entry by which she came (online or at the county counter, if not said); `emergency` records one that is over;
    `kiosk` is the machine at which she stands.
    """
    channel = channel or (CHANNEL.ONLINE if by.person_id else CHANNEL.COUNTER)
    fields = {"insutype": person.insutype, "start_on": day_of(at), "channel": channel}
    if kiosk:
        fields |= {"channel": CHANNEL.KIOSK, "kiosk": kiosk, "data": {"kiosk": kiosk.pk}}
    if emergency:
        fields["type"] = Filing.Type.EMERGENCY  # settled or paid in full: she is asked, it is not guessed
    if by.person_id:
        if not authority.may_act_for(by, person.pk, "remote_care", at):
            raise PermissionDenied("no grant")
        agent = by.person if by.person_id != person.pk else None
        return start(Filing, person=person, by=by, at=at, key=key, agent=agent, **fields)
    if not scope.holds(by, "remote_care.open_filing", person.region_id, None, at):
        raise PermissionDenied("remote_care.open_filing")
    return start(Filing, person=person, by=by, at=at, key=key, **fields)


def open_at_hospital(person, organisation, *, by, at, key=None, occurred_at=None, data=None) -> Filing:
    """A draft for a patient who is present at a hospital, by its insurance office; PermissionDenied, or Refused by her region's rules.

    `occurred_at` is the true time of what was written on paper while a system was down: the filing begins on that day.
    """
    if not scope.holds(by, "remote_care.open_filing", "", organisation.pk, at):
        raise PermissionDenied("remote_care.open_filing")
    day = day_of(occurred_at or at)
    answer = policy.filed_at_hospitals(params_for("remote_care", person.region_id, day))
    if not answer.ok:
        raise Refused([answer])
    return start(Filing, person=person, by=by, at=at, key=key, occurred_at=occurred_at, data=data, organisation=organisation,
                 channel=Filing.Channel.HOSPITAL, insutype=person.insutype, start_on=day)


def may_begin(person, channel, *, by, at) -> list:
    """Everything that stands against beginning, before anything is typed: the region's ways (S3.31), and who may file for whom (S3.9)."""
    params = params_for("remote_care", person.region_id, day_of(at))
    way = policy.channel_open(SimpleNamespace(channel=channel), params)
    return [answer for answer in (way, may_file_for(person, channel, by=by, at=at)) if not answer.ok]


def counters_of(person, *, at) -> dict:
    """{channel: words} of the counters that her region has (S3.31)."""
    ways = params_for("remote_care", person.region_id, day_of(at)).channels
    return {one.value: one.label for one in COUNTERS if one in ways}


def open_by_app(person, organisation, channel, *, by, at) -> Filing:
    """A draft that comes from the province's or the national platform's app, or from a machine; Refused where the region takes none so."""
    if not scope.holds(by, "remote_care.open_filing", "", organisation.pk, at):
        raise PermissionDenied("remote_care.open_filing")
    way = policy.channel_open(SimpleNamespace(channel=channel), params_for("remote_care", person.region_id, day_of(at)))
    if not way.ok:
        raise Refused([way])
    return start(Filing, person=person, by=by, at=at, organisation=organisation, channel=channel, insutype=person.insutype,
                 start_on=day_of(at))


def may_file_for(person, channel=CHANNEL.ONLINE, *, by, at):
    """Met or Unmet (S3.9), before anything is typed: whether the region lets this user file for that person."""
    pair = (person.pk, by.person_id)
    other = by.person_id not in (None, person.pk)
    facts = SimpleNamespace(for_other=other, channel=channel, stands_in=standing_in({pair}, at).get(pair, "") if other else "")
    return policy.agent_may_file(facts, params_for("remote_care", person.region_id, day_of(at)))


def ask_number(filing, errand, *, at) -> str:
    """Ask the platform for the filing's number and put it in force; the errand's number makes a repeated question harmless."""
    if filing.status != Filing.Status.ACCEPTED and errand.attempts == 1:
        return ""  # decided otherwise before anything was asked
    if filing.params().number_source == "office":
        return ""  # the region's core system gives it, and a clerk enters it
    made_up = is_sandbox(filing.region_id)  # nothing of the sandbox is ever told to the platform
    number = f"SANDBOX{filing.pk}" if made_up else platform.register_filing(payload_of(filing), key=f"{filing.number}-{errand.pk}")
    try:
        act(filing.put_in_force, by=PLATFORM, at=at, number=number)
    except Refused:
        return _overtaken(Filing.objects.get(pk=filing.pk), number, errand)
    return number


def _overtaken(filing, number, errand) -> str:
    """Somebody was faster. What was taken back must not stay registered; of two numbers in force a person chooses."""
    if filing.platform_number == number:
        return number
    if filing.is_closed and not is_sandbox(filing.region_id):
        platform.cancel_filing(number, key=f"{filing.number}-{errand.pk}-back", because=filing.status)
        return number
    raise Rejected("overtaken", f"another number was entered by hand; the platform has {number}")


def cancel_number(filing, errand, *, at) -> str:
    """Tell the platform that the filing no longer counts; doing it twice is one cancellation."""
    if is_sandbox(filing.region_id):
        return filing.platform_number
    try:
        platform.cancel_filing(filing.platform_number, key=f"{filing.number}-{errand.pk}", because=filing.status)
    except Rejected:
        act(filing.note_cancel_refused, by=PLATFORM, at=at)  # now it stands in the clerks' list; the errand keeps the platform's words
        raise
    return filing.platform_number


def payload_of(filing) -> dict:
    """What the platform is told; field names are those of the national interface."""
    return {
        "psn_no": filing.person.psn_no,
        "insutype": filing.person.insutype,
        "insuplc_admdvs": filing.region_id,
        "mdtrtarea_admvs": filing.place_id,
        "begndate": filing.start_on.isoformat(),
        "enddate": filing.end_on.isoformat() if filing.end_on else "",
        "dcla_souc": SOURCES[filing.channel],
        "memo": filing.number,
    }
