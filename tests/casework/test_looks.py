"""Every look at a person is one of the verbs that her own page and the export know."""

import ast
from pathlib import Path

from xinyijian.casework.looks import VERBS

ROOT = Path(__file__).parents[2]
DEEDS = {"confirmed", "correct", "reveal"}  # what is done to her record and shows nothing of it, and her own look at herself
WRITERS = {"record", "look"}


def test_every_verb_with_which_a_person_is_read_is_told_to_her():
    found = {verb for path in sources() for verb in verbs_in(ast.parse(path.read_text()))}
    assert {"looked_up", "printed", "unmask", "export"} <= found
    assert found - DEEDS <= set(VERBS), found - DEEDS - set(VERBS)
    assert "'people.Person', id, id, 'looked_up'" in (ROOT / "xinyijian/connect/eligibility.py").read_text()


def sources():
    rooms = [app.parent for app in ROOT.glob("*/apps.py")] + [ROOT / "xinyijian"]
    return [path for room in rooms for path in room.rglob("*.py") if "people.Person" in path.read_text()]


def verbs_in(tree):
    """The verbs of events about people.Person."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in WRITERS and len(node.args) > 1:
            kind, verb = node.args[:2]
            if getattr(kind, "value", "") == "people.Person":
                yield getattr(verb, "value", None) or ast.unparse(verb)
