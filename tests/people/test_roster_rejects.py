"""import_roster: every row that is not taken is named with its line and a reason; a file that is none of ours is refused as a whole."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.people.rosters import Roster
from tests.town import certificate
from xinyijian.people.models import FamilyLink, Person
from xinyijian.people.roster import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(tmp_path, town):
    """Files of a few rows about people whom nobody here knows yet."""
    return Roster(tmp_path)


WRONG = {
    "columns": None,
    "name_missing": {"name": " "},
    "name_format": {"name": "李\x07"},
    "cert_type": {"cert_type": "77"},
    "cert_format": {"cert_number": "43990119900101"},
    "cert_birthday": {"cert_number": "439901199002301234", "born_on": "1990-03-01"},
    "cert_check": {"cert_number": "439901198804121029", "born_on": "1988-04-12"},
    "sex": {"sex": "F"},
    "born": {"born_on": "12.4.1988"},
    "born_later": {"born_on": "2199-01-01", "cert_number": certificate("439901", date(2199, 1, 1), 111)},
    "born_differs": {"born_on": "1988-04-13", "cert_number": certificate("439901", date(1988, 4, 12), 111)},
    "died": {"died_on": "1900-01-01"},
    "psn_no": {"psn_no": ""},
    "insutype": {"insutype": "3100000"},
    "psn_type": {"psn_type": "eleven!"},
    "phone": {"phone": "call me"},
    "address": {"address": "路" * 201},
    "region": {"region": "999999"},
    "psn_no_taken": {"psn_no": "taken"},
    "cert_twice": {"psn_no": "4399R9"},
    "psn_no_twice": {"psn_no": "4399R0000000000", "cert_number": certificate("439901", date(1988, 4, 12), 111), "born_on": "1988-04-12"},
}


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_person_is_named_with_row_and_reason(roster, town, code):
    Person.objects.filter(pk=town.stranger_person.pk).update(psn_no="taken")
    good = roster.persons[0] if code in ("cert_twice", "psn_no_twice") else roster.persons[5]
    bad = ["a", "b"] if code == "columns" else good | WRONG[code]
    roster.persons = [*roster.persons[:5], bad]
    roster.links = []
    assert "persons: 5 new, 0 changed, 0 same, 1 rejected" in roster.run()
    assert roster.rejects() == [("persons", 7, code)]


def test_the_same_number_in_another_kind_of_certificate_is_another_person(roster):
    passport = roster.persons[0] | {"cert_type": "08", "psn_no": "4399R77"}
    roster.persons.append(passport)
    assert "persons: 7 new" in roster.run()


WRONG_TIES = {
    "columns": None,
    "link_self": {"relative": "4399R0000000000"},
    "relation": {"relation": "cousin"},
    "since": {"since": ""},
    "until": {"until": "2019-12-31"},
    "proof": {"proof": "x" * 101},
    "verified": {"proof": ""},
    "person": {"person": "4399R404"},
    "relative": {"relative": "4399R404"},
    "link_twice": {},
}


@pytest.mark.parametrize("code", WRONG_TIES)
def test_a_wrong_tie_is_named_with_row_and_reason(roster, code):
    first = roster.links[0]
    bad = ["a"] if code == "columns" else first | WRONG_TIES[code]
    roster.links = [first, bad] if code == "link_twice" else [bad]
    assert f"{len(roster.links) - 1} new, 0 changed, 0 same, 1 rejected" in roster.run()
    assert roster.rejects() == [("links", len(roster.links) + 1, code)]


def test_a_tie_that_a_case_has_registered_is_ended_by_its_case_and_the_row_goes_to_a_clerk(roster):
    roster.run()
    tie = FamilyLink.objects.get(person=roster.person(0), relation="spouse")
    FamilyLink.objects.filter(pk=tie.pk).update(case_number="KL-439901-1")
    roster.links[0] |= {"until": "2026-01-31"}
    assert "0 new, 0 changed, 3 same, 1 rejected" in roster.run()
    assert roster.rejects() == [("links", 2, "link_case")] and FamilyLink.objects.get(pk=tie.pk).until is None
    assert "KL-439901-1" in (roster.folder / "persons.rejects.csv").read_text(encoding="utf-8")


def test_the_reject_file_shows_no_whole_number_and_no_formula(roster):
    roster.persons[0]["name"] = ""
    roster.persons[1] |= {"cert_number": "=1+1", "cert_type": "08"}
    roster.run()
    path = roster.folder / "persons.rejects.csv"
    text = path.read_text(encoding="utf-8")
    assert roster.persons[0]["cert_number"] not in text and ",=" not in text
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content, words", [(b"name\n", "must name these columns"), (b"\xff\xfe\n", "is not written in")])
def test_a_file_that_is_none_of_ours_is_refused_as_a_whole(roster, content, words):
    roster.run()
    (roster.folder / "other.csv").write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_roster", roster.folder / "other.csv", roster.folder / "links.csv")


def test_a_cell_may_hold_a_line_break_and_the_rows_after_it_keep_their_numbers(roster):
    roster.persons[0]["name"] = "李\n兰"  # refused, and two lines long
    roster.persons[2]["sex"] = "x"
    roster.links = []
    roster.run()
    assert roster.rejects() == [("persons", 2, "name_format"), ("persons", 5, "sex")]


def test_a_quotation_mark_that_never_closes_spoils_only_what_it_swallows(roster):
    roster.run()
    lines = (roster.folder / "persons.csv").read_text(encoding="utf-8").splitlines()
    lines[6] = '"' + lines[6]
    (roster.folder / "persons.csv").write_text("\n".join(lines), encoding="utf-8")
    call_command("import_roster", roster.folder / "persons.csv", roster.folder / "links.csv", stdout=StringIO())
    assert roster.rejects() == [("persons", 7, "columns")]


def test_a_file_from_an_old_office_is_read_in_its_own_encoding(roster):
    roster.run("--dry-run")
    for name in ("persons.csv", "links.csv"):
        path = roster.folder / name
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    call_command("import_roster", roster.folder / "persons.csv", roster.folder / "links.csv", encoding="gb18030", stdout=StringIO())
    assert roster.person(0).name == roster.persons[0]["name"]


def test_bad_rows_of_every_kind_are_found_again(tmp_path, town):
    persons, links = making.make(tmp_path, 60, bad=5)
    out = StringIO()
    call_command("import_roster", persons, links, stdout=out)
    assert "persons: 60 new, 0 changed, 0 same, 5 rejected" in out.getvalue()
    with open(tmp_path / "persons.rejects.csv", encoding="utf-8", newline="") as file:
        found = [(row["file"], row["code"]) for row in csv.DictReader(file)]
    assert [code for name, code in found if name == "persons"] == list(making.HOW_WRONG)
    assert {code for name, code in found if name == "links"} == set(making.HOW_WRONG_TIE)


def test_a_row_that_is_known_and_stands_twice_is_rejected_once(roster):
    roster.run()
    roster.persons.append(roster.persons[0])  # as it was
    roster.persons.append(roster.persons[1] | {"psn_type": "77"})  # and one that contradicts a known row
    assert "persons: 0 new, 0 changed, 6 same, 2 rejected" in roster.run()
    assert roster.rejects() == [("persons", 8, "cert_twice"), ("persons", 9, "cert_twice")]


def test_a_row_that_was_wrong_is_still_wrong_in_the_next_run(roster):
    roster.persons[2]["sex"] = "x"
    roster.persons.append(["too", "short"])
    roster.links = []
    for _run in range(2):
        assert "2 rejected" in roster.run()
        assert roster.rejects() == [("persons", 4, "sex"), ("persons", 8, "columns")]
