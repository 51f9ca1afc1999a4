import shutil
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from remote_care.papers import shape
from remote_care.parameters import DOCUMENTS_OF, documents_for, names_of
from xinyijian.policies import params_for
from xinyijian.policies.calendar import calendar
from xinyijian.policies.models import Value
from xinyijian.policies.packs import FOLDER, BadPack, read_packs
from xinyijian.policies.years import read_years

ON = date(2026, 11, 23)


def codes(params, type, channel="portal", part="principal", basis="documents"):
    return [paper["code"] for paper in documents_for(params, type, channel)[basis][part]]


@pytest.mark.req("S3.14")
def test_jiangsu_asks_the_proof_of_each_long_type(packs):
    params = params_for("remote_care", "329901", ON)
    assert codes(params, "settled_retiree")[1:] == ["household_register_front", "household_register_page"]
    assert codes(params, "long_residence")[1:] == ["residence_proof"]
    assert {"property_certificate", "residence_permit"} <= set(params.documents["documents"]["principal"][1]["substitutes"])
    assert codes(params, "posted_worker")[1:] == ["posting_letter"]
    assert all(codes(params, type, part="secondary") == [] for type in DOCUMENTS_OF)


def test_what_a_temporary_stay_must_show_depends_on_type_and_channel(packs):
    params = params_for("remote_care", "329901", ON)
    assert "referral_form" in codes(params, "referred") and params.referral_hospital_level == 2
    assert codes(params, "other_temporary") == []
    assert codes(params, "other_temporary", "national_app") == ["identity_photo"]


@pytest.mark.req("S3.15", "S3.19", "S3.20")
def test_jiangsu_allows_a_commitment_after_six_months_for_one_city_of_two(packs):
    params = params_for("remote_care", "329901", ON)
    assert params.commitment_allowed and params.commitment_excludes_many_cities
    assert (params.residence_months, params.max_cities) == (6, 2)
    assert codes(params, "long_residence", basis="commitment") == ["identity_card"]


@pytest.mark.req("S0.15")
def test_hunan_lets_only_the_proof_of_residence_follow_later(packs):
    params = params_for("remote_care", "439901", ON)
    assert codes(params, "long_residence") == ["identity_card"]
    assert codes(params, "long_residence", part="secondary") == ["residence_proof"]
    assert params.source("documents").grade == "assumed"


def test_emergency_is_no_type_to_choose_because_it_is_deemed_filed(packs):
    assert len(DOCUMENTS_OF) == 5 and "emergency" not in DOCUMENTS_OF
    assert params_for("remote_care", "329901", ON).emergency_deemed_filed


def test_hunan_calls_nothing_sourced_that_only_jiangsus_text_or_an_unseen_original_says(packs):
    sourced = Value.objects.filter(region="430000", grade="sourced").values_list("reference_id", flat=True)
    assert set(sourced) and all(source.startswith(("S0.", "S2.")) for source in sourced)
    official = Value.objects.filter(reference_id__in=["NHSA-2022-22", "RQ-2022-5"])
    assert official.exists() and not official.filter(grade="sourced").exists()


def test_names_of_documents_are_words():
    assert names_of(["identity_card", "something_new"]).endswith("something_new")


@pytest.mark.parametrize("wrong, words", [
    ({}, "nothing about"), ({"oath": {}}, "neither"), ({"documents": {"principal": []}}, "needs principal and secondary"),
    ({"documents": {"principal": [{"code": "horoscope"}], "secondary": []}}, "unknown documents: horoscope"),
    ({"documents": {"principal": [{"code": "lease"}], "secondary": [{"code": "lease"}]}}, "twice"),
    ({"documents": {"principal": [{"name": "lease"}], "secondary": []}}, "code and substitutes")])
def test_papers_of_another_shape_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        shape(wrong)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "policies")
    return tmp_path / "policies"


def test_a_bad_pack_is_refused_with_everything_that_is_wrong(folder, db):
    pack = (folder / "hunan.yaml").read_text()
    pack += '  no_such: {value: 1, grade: assumed}\n'
    pack = pack.replace("value: 30\n    grade: assumed\n    source: S0.80", 'value: "30"\n    grade: guessed\n    source: S9.99')
    (folder / "hunan.yaml").write_text(pack)
    with pytest.raises(BadPack) as refused:
        read_packs(folder)
    for words in ("no_such: is not declared", "'30' is not a whole number", "grade is one of", "S9.99 is not in sources.yaml"):
        assert words in str(refused.value)
    with pytest.raises(CommandError, match="no_such"):
        call_command("load_policies", folder=folder)
    assert not Value.objects.exists()


def test_the_commands_report_what_they_did(db):
    out = StringIO()
    call_command("load_calendar", stdout=out)
    call_command("load_policies", stdout=out)
    call_command("load_policies", stdout=out)
    count = Value.objects.count()
    assert "2026: loaded" in out.getvalue() and "2027: loaded, not published" in out.getvalue()
    assert f"{count} added, 0 changed, 0 unchanged" in out.getvalue() and f"0 added, 0 changed, {count} unchanged" in out.getvalue()


def test_a_missing_value_is_found_before_a_case_finds_it(packs):
    err = StringIO()
    call_command("check_policies", on=ON, stdout=StringIO(), stderr=err)
    assert "38" in err.getvalue()  # the calendar ends soon
    Value.objects.filter(name="agents", region="320000").update(in_force=False)
    with pytest.raises(CommandError, match="320000.*agents"):
        call_command("check_policies", on=ON, stderr=StringIO())


def test_the_calendar_of_2026_is_the_published_one_and_2027_is_provisional(packs):
    days = calendar()
    assert days.published_until == date(2026, 12, 31) and days.is_published(date(2025, 1, 1))
    assert all(days.is_working(date(2026, *d)) for d in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)))
    assert not any(days.is_working(date(2026, *d)) for d in ((1, 2), (2, 16), (4, 6), (5, 5), (6, 19), (9, 25), (10, 7)))
    assert not days.is_working(date(2027, 2, 5)) and days.is_working(date(2027, 2, 9))  # only what the law itself fixes
    assert not days.is_published(date(2027, 1, 1))


def test_publishing_a_year_ends_its_being_provisional_and_no_file_takes_it_back(packs, tmp_path):
    notice = tmp_path / "2027.yaml"
    days = "holidays: {2027-01-01: 元旦, 2026-12-31: 元旦}, makeup: {2027-01-09: 元旦}"
    notice.write_text(f"2027: {{published: true, source: notice, {days}}}")
    call_command("publish_calendar", 2027, notice, stdout=StringIO())
    out = StringIO()
    call_command("load_calendar", stdout=out)
    days = calendar()
    assert days.is_published(date(2027, 12, 31)) and "2027: kept" in out.getvalue()
    assert not days.is_working(date(2026, 12, 31)) and days.is_working(date(2027, 1, 9)) and days.is_working(date(2027, 2, 5))
    with pytest.raises(CommandError, match="2028"):
        call_command("publish_calendar", 2028, notice)


@pytest.mark.parametrize("text, words", [
    ("2027: {published: true, source: x, holidays: {2027-01-01: a}, makeup: {2027-01-01: a}}", "both"),
    ("2027: {published: true, source: x, holidays: {2025-01-01: a}}", "does not belong")])
def test_a_contradictory_notice_is_refused(tmp_path, text, words):
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(ValueError, match=words):
        read_years(tmp_path / "x.yaml")
