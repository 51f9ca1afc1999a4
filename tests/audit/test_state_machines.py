"""docs/state-machines.md shows the Case classes of today."""

from django.core.management import call_command

from xinyijian.casework.management.commands.state_machines import as_text, is_fresh
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.steps import steps_of


def test_the_page_of_states_is_fresh():
    assert is_fresh(), "stale: script/manage state_machines"
    call_command("state_machines", check=True)


def test_every_state_and_step_is_drawn():
    text = as_text()
    for model in case_classes():
        for state in model.Status.values:
            assert f" as {state}\n" in text
        for verb, step in steps_of(model).items():
            assert f"{step.sources[0]} --> {step.target or step.sources[0]}: {verb}\n" in text
