"""import_roster: only differences are written; what people corrected here stays; the trail says what happened."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count

from tests.people.rosters import Roster
from xinyijian.audit.models import Event
from xinyijian.people import find
from xinyijian.people.models import FamilyLink, Person
from xinyijian.people.roster import making
from xinyijian.people.roster.columns import PERSONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(tmp_path, town):
    """Files of a few rows about people whom nobody here knows yet."""
    return Roster(tmp_path)


def test_persons_and_ties_arrive_as_the_files_say(roster):
    assert roster.run().splitlines()[:2] == [
        "persons: 6 new, 0 changed, 0 same, 0 rejected",
        "links: 4 new, 0 changed, 0 same, 0 rejected",
    ]
    row, person = roster.persons[0], roster.person(0)
    for column in set(PERSONS) - {"region", "born_on", "died_on"}:
        assert getattr(person, column) == row[column], column
    assert (person.region_id, str(person.born_on), person.died_on) == (row["region"], row["born_on"], None)
    assert list(find.by_phone(row["phone"])) == [person]
    tie = FamilyLink.objects.get(person=person, relation="spouse")
    assert (tie.relative, tie.since, tie.until, tie.proof) == (roster.person(1), date(2020, 1, 1), None, "户口簿")
    assert FamilyLink.objects.in_force(date(2026, 1, 1)).filter(pk=tie.pk).exists()


def test_what_is_stored_is_what_a_save_would_have_stored(roster):
    """Digests computed by the import's own quick way are those of the fields."""
    roster.run()
    person = roster.person(0)
    before = (person.name_digest, person.cert_digest, person.phone_digest)
    person.save()
    assert (person.name_digest, person.cert_digest, person.phone_digest) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, cert_number, phone, address FROM people_person WHERE id = %s", [person.pk])
        stored = cursor.fetchone()
    assert not any(roster.persons[0][column] in text for column in ("name", "cert_number", "phone", "address") for text in stored)


def test_a_second_run_writes_nothing(roster):
    roster.run()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text, ctid::text FROM people_person ORDER BY id")
        before = cursor.fetchall()
        assert "0 new, 0 changed, 6 same" in roster.run()
        cursor.execute("SELECT id, xmin::text, ctid::text FROM people_person ORDER BY id")
        assert cursor.fetchall() == before


def test_a_dry_run_judges_everything_and_writes_nothing(roster):
    roster.persons[5]["born_on"] = "someday"
    said = roster.run("--dry-run")
    assert "persons: 5 new, 0 changed, 0 same, 1 rejected" in said
    assert "links: 3 new, 0 changed, 0 same, 1 rejected" in said  # the sixth is nobody's child
    assert not Person.objects.filter(psn_no__startswith="4399R").exists()
    assert list(Event.objects.filter(kind="people.Roster").values_list("verb", flat=True)) == ["look"]


def test_a_tie_told_from_the_other_side_is_the_same_tie(roster):
    roster.run()
    told = {"spouse": "spouse", "child": "parent"}
    roster.links = [row | {"person": row["relative"], "relative": row["person"], "relation": told[row["relation"]]} for row in roster.links]
    assert "links: 0 new, 0 changed, 4 same" in roster.run()


def test_another_tie_between_the_same_two_is_left_to_a_person(roster):
    roster.run()
    roster.links = [roster.links[0] | {"relation": "parent"}]
    roster.run()
    assert roster.rejects() == [("links", 2, "link_conflict")]


def test_a_tie_that_was_ended_here_is_not_opened_again(roster):
    roster.run()
    FamilyLink.objects.filter(person=roster.person(0), relation="spouse").update(until=date(2026, 1, 1))
    assert "links: 0 new, 0 changed, 4 same" in roster.run()
    assert FamilyLink.objects.get(person=roster.person(0), relation="spouse").until == date(2026, 1, 1)


def test_the_roster_ends_a_tie_by_its_last_day_only(roster):
    roster.run()
    gone = roster.links.pop(0)
    assert "links: 0 new, 0 changed, 3 same" in roster.run()
    assert FamilyLink.objects.get(person=roster.person(0), relation="spouse").until is None
    roster.links.append(gone | {"until": "2026-01-31"})
    assert "links: 0 new, 1 changed, 3 same" in roster.run()
    assert FamilyLink.objects.get(person=roster.person(0), relation="spouse").until == date(2026, 1, 31)


def test_a_tie_that_the_bureau_has_not_verified_is_not_in_force(roster):
    roster.links[0]["verified_on"] = ""
    roster.run()
    tie = FamilyLink.objects.get(person=roster.person(0), relation="spouse")
    assert not FamilyLink.objects.in_force(date(2026, 1, 1)).filter(pk=tie.pk).exists()
    roster.links[0]["verified_on"] = "2026-01-05"
    assert "links: 0 new, 1 changed, 3 same" in roster.run()
    assert FamilyLink.objects.in_force(date(2026, 1, 5)).filter(pk=tie.pk).exists()


def test_a_correction_made_here_stands_while_the_roster_repeats_itself(roster):
    roster.run()
    person = roster.person(0)
    person.phone = "19900000777"
    person.save()
    roster.persons[0]["insutype"] = "999"  # news about the insurance says nothing new about the phone
    assert "persons: 0 new, 1 changed, 5 same" in roster.run()
    person.refresh_from_db()
    assert (person.phone, person.insutype) == ("19900000777", "999")
    roster.persons[0]["phone"] = "10000000042"  # now it does
    roster.run()
    person.refresh_from_db()
    assert person.phone == "10000000042"
    assert list(find.by_phone("10000000042")) == [person]


def test_the_first_roster_leaves_the_phone_that_somebody_gave_us(roster, town):
    lan = town.lan_person
    roster.persons[0] |= {"cert_number": lan.cert_number, "born_on": str(lan.born_on), "name": "李小兰", "psn_no": lan.psn_no}
    roster.links, phone = [], lan.phone
    assert "persons: 5 new, 1 changed" in roster.run()
    lan.refresh_from_db()
    assert (lan.name, lan.phone) == ("李小兰", phone)


def test_an_older_roster_is_refused_unless_asked_for(roster):
    roster.run("--as-of", "2026-02-01")
    with pytest.raises(CommandError, match="2026-02-01"):
        roster.run("--as-of", "2026-01-31")
    roster.run("--as-of", "2026-01-31", "--although-older")


def test_the_trail_says_what_was_imported_and_how_much(roster):
    roster.run("--by", "officer")
    begin, *writes, finish = Event.objects.filter(kind="people.Roster").order_by("pk")
    assert (begin.verb, finish.verb, finish.by_label) == ("begin", "finish", begin.by_label)
    assert len(begin.data["persons"]) == 64
    assert finish.data["persons"] == {"new": 6, "met": 0}
    assert [event.data for event in writes] == [{"persons": {"new": 6, "changed": 0, "met": 0}}, {"links": {"new": 4, "changed": 0}}]


def test_made_people_are_nobody_and_each_her_own(tmp_path):
    people = [making.person(n, 5) for n in range(2000)]
    assert len({row["cert_number"] for row in people}) == 2000
    assert all(row["cert_number"].startswith("4399") and row["phone"].startswith("100") for row in people)
    assert making.make(tmp_path / "a", 30, seed=5)[0].read_bytes() == making.make(tmp_path / "b", 30, seed=5)[0].read_bytes()


def test_the_next_edition_changes_one_in_a_hundred(tmp_path, town):
    for edition in (1, 2):
        persons, links = making.make(tmp_path, 300, edition=edition)
        out = StringIO()
        call_command("import_roster", persons, links, stdout=out)
    assert "persons: 0 new, 3 changed, 297 same" in out.getvalue()
    assert "links: 0 new, 2 changed, 198 same" in out.getvalue()
    assert Person.objects.values("cert_digest").annotate(n=Count("pk")).filter(n__gt=1).count() == 0
