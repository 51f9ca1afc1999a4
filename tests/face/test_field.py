"""One question of a form: label, help, error, control, in that order, and nothing that was typed is lost."""
import re

import pytest
from django.template import engines
from django.utils import translation

from xinyijian.gallery.forms import Sample
from xinyijian.templatetags.portal import mistakes

SHOWN = engines["django"].from_string('{% include "components/error_summary.html" %}{{ form }}')


@pytest.fixture
def wrong():
    with translation.override("en"):
        return SHOWN.render({"form": Sample({"name": "李", "born": "2030-01-01", "why": "because <b>", "paper": "promise"})})


def piece(html, name):
    """What is shown of one field."""
    return html.split(f'id="id_{name}_field"')[1].split('<div class="field')[0]


def test_label_then_help_then_error_then_control(wrong):
    shown = piece(wrong, "name")
    places = [shown.index(word) for word in ('<label for="id_name"', 'id="id_name_helptext"', 'id="id_name_error"', '<input type="text"')]
    assert places == sorted(places)


def test_a_control_names_its_help_and_its_error(wrong):
    assert re.search(r'<input[^>]*aria-invalid="true"[^>]*aria-describedby="id_name_helptext id_name_error"', piece(wrong, "name"))


def test_what_must_be_answered_is_marked_and_what_need_not_be_says_so(wrong):
    assert 'class="required"' in piece(wrong, "name")
    assert "(if you like)" in piece(wrong, "why")


def test_typed_values_stay_and_are_escaped(wrong):
    assert 'value="李"' in piece(wrong, "name")
    assert "because &lt;b&gt;" in piece(wrong, "why")
    assert re.search(r'value="promise"[^>]*checked', piece(wrong, "paper"))


def test_the_first_field_in_error_alone_has_the_focus(wrong):
    assert wrong.count("autofocus") == 1
    assert "autofocus" in piece(wrong, "name")


def test_the_summary_links_to_every_field_in_error(wrong):
    summary = wrong[: wrong.index('class="field')]
    assert re.findall(r'href="#(\w+)"', summary) == ["id_name", "id_born", "id_city", "id_read"]
    assert all(f'id="{name}"' in wrong for name in re.findall(r'href="#(\w+)"', summary))


def test_a_label_that_ends_a_sentence_goes_on_with_what_is_wrong():
    asked = Sample({})
    asked.fields["read"].label, asked.fields["name"].label = "我同意不作他用。", "Who is it?"
    with translation.override("en"):
        said = [f"{label}: {message}" for _id, label, message in mistakes(asked)]
    assert said[0].startswith("Who is it: ") and said[-1].startswith("我同意不作他用: ")


def test_a_form_without_mistakes_shows_no_summary():
    assert "error-summary" not in SHOWN.render({"form": Sample()})


def test_choices_are_a_named_group(wrong):
    shown = piece(wrong, "paper")
    assert "<fieldset" in shown and "<legend>What shows that you live there?" in shown


def test_the_tag_and_a_form_look_alike():
    form = Sample()
    alone = engines["django"].from_string("{% field form.name %}").render({"form": form})
    assert alone.strip() in SHOWN.render({"form": form})
