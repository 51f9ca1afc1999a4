"""What an auditor types is what she reads: a deed or a kind is found by its code or by any part of its words."""

from django.apps import apps

from xinyijian.casework import looks
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.workflow import steps_of_class

from . import words


def verbs_named(text) -> tuple:
    """Codes of the deeds that are called so, in the reader's language; what was typed may itself be a code."""
    steps = [step for model in case_classes() for step in steps_of_class(model).values()]
    of_cases = [(step.verb, word) for step in steps for word in (step.label, step.done)]
    return _called(text, [*words.DEEDS.items(), *looks.VERBS.items(), *of_cases])


def kinds_named(text) -> tuple:
    """Codes of what events are about, by the same rule."""
    tables = [(model._meta.label, model._meta.verbose_name) for model in apps.get_models()]
    return _called(text, [*words.PLACES.items(), *looks.KINDS.items(), *tables])


def _called(text, said):
    wanted = text.strip().casefold()
    return tuple(sorted({text.strip()} | {code for code, word in said if wanted in str(word).casefold()})) if wanted else ()
