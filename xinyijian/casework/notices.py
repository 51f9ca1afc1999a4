"""Notices (通知): queued in the transaction of their event, rendered in the recipient's language; `delivery` sends them."""
from functools import cache

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from xinyijian.people.models import User

from .arrays import insert_many
from .models import Notice

NAMES = ("event", "docket", "recipient", "template", "language", "text", "at", "state", "attempts", "next_try_at", "receipt", "problem")


def queue(presses, events, step, at):
    """One notice to the person of each case, and one to the relative who acts for her."""
    name = f"{type(presses[0].case)._meta.app_label}/{step.notice}"
    pairs = [(p, who) for p in presses for who in {p.case.person_id, p.case.agent_id or p.case.person_id}]
    languages = languages_of({who for _p, who in pairs})
    rows = []
    for language in sorted(set(languages.values())):
        with translation.override(language):
            rows += [_row(p, who, events, name, language, at) for p, who in pairs if languages[who] == language]
    insert_many(Notice, NAMES, rows)


def languages_of(person_ids) -> dict:
    """{person id: language}; zh-hans for those who have no sign-in."""
    chosen = dict(User.objects.filter(person_id__in=person_ids).order_by("pk").values_list("person_id", "language"))
    return {who: chosen.get(who) or settings.LANGUAGE_CODE for who in person_ids}


def _row(press, who, events, name, language, at):
    case = press.case
    text = text_of(name, {"case": case, "number": case.number, "facts": press.facts, "params": press.params, "dues": press.dues, "at": at,
                          "link": f"{settings.SITE_URL}/cases/{case.number}/"})
    return events[case.pk], case.docket_id, who, name, language, text, at, Notice.State.QUEUED, 0, at, "", ""


def text_of(name, context) -> str:
    """The text of templates/notices/<name>.txt, as one paragraph, in the active language; says "demo" until an official name is set."""
    prefix = f"【{settings.OFFICIAL_NAME}】" if settings.OFFICIAL_NAME else "【演示系统 demo】"
    return prefix + " ".join(_template(name).render(context).split())


@cache
def _template(name):
    return get_template(f"notices/{name}.txt")
