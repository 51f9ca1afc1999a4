"""Notices (通知): queued in the transaction of their event, rendered in the recipient's language; `delivery` sends them."""
import re
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from xinyijian.people import authority
from xinyijian.people.counters import counter
from xinyijian.people.models import Organisation, Person, User

from .arrays import insert_many
from .confirmation import new_code
from .days import day_of
from .models import Notice

NAMES = ("event", "docket", "subject", "recipient", "template", "language", "text", "code", "at", "state", "channel", "attempts",
         "next_try_at", "receipt", "problem")
NUMBER, CODE = "\0", "\1"  # stand for number and code while one text is made for many cases
QUEUED, STOPPED = Notice.State.QUEUED, Notice.State.STOPPED


def queue(presses, events, step, at):
    """One notice to the person of each case, and one to the relative who acts for her, as long as she may."""
    service = presses[0].case._meta.app_label
    name = f"{service}/{step.notice}"
    agents = {(p.case.person_id, p.case.agent_id) for p in presses if p.case.agent_id}
    acting = authority.still_acting(agents, service, at) if agents else ()
    pairs = [(p, p.case.person_id) for p in presses]
    pairs += [(p, p.case.agent_id) for p in presses if (p.case.person_id, p.case.agent_id) in acting]
    told = {name: pairs}
    for p in presses:
        for who, notice in p.case.also_tells(step.verb):
            told.setdefault(f"{service}/{notice}", []).append((p, who))
    known, rows = recipients({who for group in told.values() for _p, who in group}, at), []
    for name, group in told.items():
        texts = _Texts(name, at)
        rows += [_row(p, who, known[who], events, name, texts, at) for p, who in group]
    insert_many(Notice, NAMES, rows)


def tell(told, subject, name, at, **words):
    """Notices that no case stands behind: `told` is [(event id, person id)], each told once of that event, in her language."""
    known, texts, rows = recipients({who for _event, who in told}, at), {}, []
    for event, who in told:
        one = known[who]
        if (one.language, one.counter) not in texts:
            texts[one.language, one.counter] = text_of(name, "", words, one.language, CODE, one.counter)
        rows.append(_columns(event, None, subject, who, name, texts[one.language, one.counter], one, at))
    insert_many(Notice, NAMES, rows)


def tell_about(event, docket, name, words, at):
    """One notice to the person of a case about what was no step of it; `name` is <folder>/<template> of templates/notices."""
    one = recipients({docket.person_id}, at)[docket.person_id]
    text = text_of(name, docket.number, words, one.language, CODE, one.counter)
    insert_many(Notice, NAMES, [_columns(event.pk, docket.pk, "", docket.person_id, name, text, one, at)])


class Told(NamedTuple):
    """Who is told: zh-hans where there is no sign-in; phone and address of the bureau where she is insured."""

    language: str
    dead: bool
    counter: tuple


def recipients(person_ids, at) -> dict:
    """{person id: Told}; one query."""
    users, bureaus = User._meta.db_table, f"(SELECT DISTINCT ON (region_id) region_id, phone, address FROM {Organisation._meta.db_table}"
    bureaus = f"{bureaus} WHERE kind = 'bureau' ORDER BY region_id, id)"
    tables = f"{Person._meta.db_table} p LEFT JOIN {users} u ON u.person_id = p.id LEFT JOIN {bureaus} o ON o.region_id = p.region_id"
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"SELECT p.id, u.language, p.died_on <= %s, o.phone, o.address FROM {tables} WHERE p.id = ANY(%s) ORDER BY u.id",
            [day_of(at), list(person_ids)])
        return {who: Told(language or settings.LANGUAGE_CODE, bool(dead), (phone or "", address or ""))
                for who, language, dead, phone, address in cursor.fetchall()}


def text_of(name, number, words, language, code, office=("", "")) -> str:
    """The text of templates/notices/<name>.txt as one paragraph, with the code that tells whether it is from us, and whom to ask.

    It says "demo" until an official name is set. `office`: phone and address of the counter.
    """
    prefix = f"【{settings.OFFICIAL_NAME}】" if settings.OFFICIAL_NAME else "【演示系统 demo】"
    site = settings.SITE_URL.rstrip("/")
    with translation.override(language):
        body = _template(name).render({**words, "number": number, "link": f"{site}/cases/{number}/"})
        check = _("Is this from us? Enter code %(code)s at %(page)s, or ask the counter.") % {"code": code, "page": f"{site}/check/"}
        line = counter("", *office).line
        ask = _("Counter: %(counter)s.") % {"counter": line} if line else ""
        return prefix + " ".join(f"{body} {check} {ask}".split())


class _Texts:
    """Renders once for all cases whose words are equal but for their number: two thousand reminders are mostly one text."""

    def __init__(self, name, at):
        self.name, self.made, self.tomorrow = name, {}, day_of(at) + timedelta(days=1)

    def of(self, press, told):
        case = press.case
        words = case.notice_words(press.params, press.dues) | {"tomorrow": self.tomorrow, "letter": bool(press.step.letter)}
        words = {name: value for name, value in words.items() if name in _mentioned(self.name)}
        key = (told.language, told.counter, *words.values())
        if key not in self.made:
            self.made[key] = text_of(self.name, NUMBER, words, told.language, CODE, told.counter)
        return self.made[key].replace(NUMBER, case.number)


def _row(press, who, known, events, name, texts, at):
    return _columns(events[press.case.pk], press.case.docket_id, "", who, name, texts.of(press, known), known, at)


def _columns(event, docket, subject, who, name, text, known, at):
    """In the order of NAMES. Whoever has died gets none, and staff see that it was not sent."""
    code, dead = new_code(), known.dead
    state, next_try_at = STOPPED if dead else QUEUED, None if dead else at
    return (event, docket, subject, who, name, known.language, text.replace(CODE, code), code, at, state, "", 0, next_try_at, "",
            "died" if dead else "")


@cache
def _template(name):
    return get_template(f"notices/{name}.txt")


@cache
def _mentioned(name) -> frozenset:
    """Every word in the template's source and in what it includes: other words need not tell two texts apart."""
    source = _template(name).template.source
    included = (get_template(other).template.source for other in re.findall(r'include "([^"]+)"', source))
    return frozenset(re.findall(r"\w+", " ".join((source, *included))))
