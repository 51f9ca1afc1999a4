"""Notices (通知): queued in the transaction of their event, rendered in the recipient's language; `delivery` sends them."""
import re
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.utils import translation

from xinyijian.people import authority
from xinyijian.people.models import User

from .arrays import insert_many
from .days import day_of
from .models import Notice

NAMES = ("event", "docket", "recipient", "template", "language", "text", "at", "state", "attempts", "next_try_at", "receipt", "problem")
NUMBER = "\0"  # stands for the number while one text is made for many cases


def queue(presses, events, step, at):
    """One notice to the person of each case, and one to the relative who acts for her, as long as she may."""
    service = presses[0].case._meta.app_label
    name = f"{service}/{step.notice}"
    agents = {(p.case.person_id, p.case.agent_id) for p in presses if p.case.agent_id}
    acting = authority.still_acting(agents, service, at) if agents else ()
    pairs = [(p, p.case.person_id) for p in presses]
    pairs += [(p, p.case.agent_id) for p in presses if (p.case.person_id, p.case.agent_id) in acting]
    languages = languages_of({who for _p, who in pairs})
    texts = _Texts(name, at)
    rows = [_row(p, who, events, name, languages[who], texts.of(p, languages[who]), at) for p, who in pairs]
    insert_many(Notice, NAMES, rows)


def languages_of(person_ids) -> dict:
    """{person id: language}; zh-hans for those who have no sign-in."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT person_id, language FROM {User._meta.db_table} WHERE person_id = ANY(%s) ORDER BY id", [list(person_ids)])
        chosen = dict(cursor.fetchall())
    return {who: chosen.get(who) or settings.LANGUAGE_CODE for who in person_ids}


def text_of(name, number, words, language) -> str:
    """The text of templates/notices/<name>.txt as one paragraph; says "demo" until an official name is set."""
    prefix = f"【{settings.OFFICIAL_NAME}】" if settings.OFFICIAL_NAME else "【演示系统 demo】"
    context = {**words, "number": number, "link": f"{settings.SITE_URL.rstrip('/')}/cases/{number}/"}
    with translation.override(language):
        return prefix + " ".join(_template(name).render(context).split())


class _Texts:
    """Renders once for all cases whose words are equal but for their number: two thousand reminders are mostly one text."""

    def __init__(self, name, at):
        self.name, self.made, self.tomorrow = name, {}, day_of(at) + timedelta(days=1)

    def of(self, press, language):
        case = press.case
        words = case.notice_words(press.params, press.dues) | {"tomorrow": self.tomorrow}
        words = {name: value for name, value in words.items() if name in _mentioned(self.name)}
        key = (language, *words.values())
        if key not in self.made:
            self.made[key] = text_of(self.name, NUMBER, words, language)
        return self.made[key].replace(NUMBER, case.number)


def _row(press, who, events, name, language, text, at):
    case = press.case
    return events[case.pk], case.docket_id, who, name, language, text, at, Notice.State.QUEUED, 0, at, "", ""


@cache
def _template(name):
    return get_template(f"notices/{name}.txt")


@cache
def _mentioned(name) -> frozenset:
    """Every word in the template's source and in what it includes: other words need not tell two texts apart."""
    source = _template(name).template.source
    included = (get_template(other).template.source for other in re.findall(r'include "([^"]+)"', source))
    return frozenset(re.findall(r"\w+", " ".join((source, *included))))
