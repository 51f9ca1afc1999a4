"""Translations without system tools; work that is not repeated; benches; tests that may not skip in CI."""
import gettext

import pytest

from xinyijian.serve.assets import compile_catalogue
from xinyijian.serve.steps import once

pytest_plugins = "pytester"

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Accepted"
msgstr "已受理"

#, fuzzy
msgid "Refused"
msgstr "已受理"
"""


def test_a_catalogue_is_compiled_without_its_unsure_entries(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(CATALOGUE)
    compile_catalogue(path)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Accepted") == "已受理"
    assert compiled.gettext("Refused") == "Refused"


def test_work_is_done_again_only_when_its_input_has_changed(tmp_path):
    source, done = tmp_path / "source", []
    for text in ("one", "one", "two"):
        source.write_text(text)
        once(tmp_path / "stamp", [source], "building", lambda text=text: done.append(text))
    assert done == ["one", "two"]


def test_work_that_failed_is_done_again(tmp_path):
    source = tmp_path / "source"
    source.write_text("one")
    with pytest.raises(ZeroDivisionError):
        once(tmp_path / "stamp", [source], "building", lambda: 1 / 0)
    assert once(tmp_path / "stamp", [source], "building", lambda: None)


@pytest.mark.parametrize("ci, outcome", [("true", {"errors": 1}), ("", {"skipped": 1})])
def test_a_skipped_test_has_failed_in_ci(pytester, monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    pytester.makepyfile("import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_page(): pass")
    result = pytester.runpytest_inprocess("-p", "tests.plugins.honest", "-p", "no:django", "-p", "no:randomly")
    result.assert_outcomes(**outcome)
