"""Draw every service's states and steps into docs/state-machines.md."""
from inspect import getdoc

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from xinyijian.casework.actors import clock_only, platform_only, the_applicant
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.steps import steps_of
from xinyijian.people.roles import allowed

FILE = settings.BASE_DIR / "docs" / "state-machines.md"
HEAD = """# States and steps of every service

Made by `script/manage state_machines` from the Case classes; do not edit. A test fails while this page is stale.
"""
ACTORS = {clock_only: "the clock", platform_only: "the platform's answer", the_applicant: "the person or her relative"}
TABLE = """| step | 按钮 | from → to | who | rules | notice | decision | four eyes | then |
|---|---|---|---|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Writes docs/state-machines.md, or with --check says whether it is stale."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        if check and not is_fresh():
            raise CommandError("docs/state-machines.md is stale: script/manage state_machines")
        if not check:
            FILE.write_text(as_text(), encoding="utf-8")


def is_fresh() -> bool:
    """Whether the page shows the Case classes of today."""
    return FILE.exists() and FILE.read_text(encoding="utf-8") == as_text()


def as_text() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_service(model) for model in case_classes())])


def _service(model) -> str:
    title, rows = f"## {model._meta.label}: {both(model.title)}", map(_row, steps_of(model).values())
    return "\n".join([title, "", getdoc(model), "", _drawing(model), "", TABLE + "".join(rows), _rules(model)])


def _drawing(model) -> str:
    lines = [f'    state "{both(label, " ")}" as {value}' for value, label in model.Status.choices]
    lines.append(f"    [*] --> {model._meta.get_field('status').default}")
    for step in steps_of(model).values():
        lines += [f"    {source} --> {step.target or source}: {step.verb}" for source in step.sources]
    lines += [f"    {state} --> [*]" for state in model.FINAL]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _row(step) -> str:
    way = f"{', '.join(step.sources)} → {step.target or '(stays)'}"
    after = [*(f"`{verb.__name__}`" for verb in step.then), *([f"errand `{step.errand}`"] if step.errand else [])]
    rules = names_of(step.rules) + (f"weighs: {names_of(step.weighs)}" if step.weighs else "")
    four_eyes = "yes" if step.four_eyes else ""
    cells = (f"`{step.verb}`", both(step.label), way, "; ".join(_who(step)), rules, step.notice, step.decision, four_eyes, ", ".join(after))
    return "| " + " | ".join(cells) + " |\n"


def _who(step):
    for one in step.permissions:
        yield ACTORS.get(one) or (one.__name__ if callable(one) else f"`{one}`: {', '.join(sorted(allowed(one)))}")


def _rules(model) -> str:
    steps = steps_of(model).values()
    found = {rule.__name__: getdoc(rule) for step in steps for rule in (*step.rules, *step.weighs)}
    lines = [f"- `{name}`: {' '.join((doc or '').split())}" for name, doc in sorted(found.items())]
    return "\n".join(["Rules (what a step weighs is kept with the decision, but is no gate):", "", *lines, ""]) if lines else ""


def names_of(rules) -> str:
    """The rules' names in their order."""
    return ", ".join(rule.__name__ for rule in rules)


def both(text, between=" · ") -> str:
    """The text in English and in Chinese."""
    with translation.override("en"):
        english = str(text)
    with translation.override("zh-hans"):
        return english if str(text) == english else f"{english}{between}{text}"
