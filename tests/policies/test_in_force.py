from datetime import date, datetime, timedelta

import pytest

from tests.packs import LOADED_AT
from xinyijian.casework.days import SHANGHAI
from xinyijian.policies import Params, params_for
from xinyijian.policies.models import Reference, Value
from xinyijian.policies.services import approve_value, edit_value, propose_value

DAY = timedelta(days=1)
CHANGE = date(2026, 7, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)


def put(officers, region, content, valid_from=CHANGE, valid_until=None, name="max_cities"):
    first, second = officers
    draft = Value(service="remote_care", name=name, region=region, content=content, grade="assumed", valid_from=valid_from,
                  valid_until=valid_until)
    propose_value(draft, by=first, at=NOON, because="the county asked")
    return approve_value(draft, by=second, at=NOON, because="agreed")


def cities(region, on=CHANGE):
    return params_for("remote_care", region, on).max_cities


def test_a_county_goes_before_its_city_and_a_city_before_the_province(packs, officers):
    put(officers, "439900", 3)
    put(officers, "439901", 4)
    assert [cities(code) for code in ("439901", "439902", "439900", "430100", "430000")] == [4, 3, 3, 2, 2]
    assert cities("439901101") == 4  # a town takes the county's
    assert cities("329901") == 2


def test_a_value_holds_from_its_first_day_to_its_last_inclusive(packs, officers):
    put(officers, "439901", 4, CHANGE, CHANGE + 9 * DAY)
    assert [cities("439901", CHANGE + n * DAY) for n in (-1, 0, 9, 10)] == [2, 4, 4, 2]


def test_a_new_value_ends_the_old_one_on_the_day_before(packs, officers):
    put(officers, "430000", 5)
    old = Value.objects.get(name="max_cities", region="430000", content=2)
    assert old.valid_until == CHANGE - DAY
    assert [cities("430000", CHANGE + n * DAY) for n in (-1, 0)] == [2, 5]


def test_a_place_without_values_is_told_which_are_missing(packs):
    with pytest.raises(LookupError, match="110101 on 2026-07-01 for: agents.*max_cities"):
        params_for("remote_care", "110101", CHANGE)
    with pytest.raises(LookupError, match="no service"):
        params_for("no_such_service", "430000", CHANGE)
    with pytest.raises(LookupError):
        params_for("remote_care", "430000", date(2024, 12, 31))  # the day before the pack begins


def test_policies_are_asked_by_day_not_by_moment(packs):
    with pytest.raises(TypeError, match="not a day"):
        params_for("remote_care", "430000", datetime(2026, 7, 1, 9, tzinfo=SHANGHAI))


@pytest.mark.req("S3.19")
def test_each_value_tells_its_grade_and_source(packs):
    params = params_for("remote_care", "320000", CHANGE)
    source = params.source("max_cities")
    assert (params.max_cities, source.grade, source.id, source.region) == (2, "sourced", "S3.19", "320000")
    assert source.title and source.note
    assert "max_cities" in params_for("remote_care", "430000", CHANGE).marked()
    assert "max_cities" not in params.marked()


def test_equal_content_has_one_version_and_another_content_another(packs, officers):
    before = params_for("remote_care", "439901", CHANGE)
    assert params_for("remote_care", "439902", CHANGE - DAY) is before
    put(officers, "439901", 4)
    assert params_for("remote_care", "439901", CHANGE).version != before.version
    assert params_for("remote_care", "439902", CHANGE).version == before.version


def test_a_stored_snapshot_gives_the_old_values_again(packs, officers):
    snapshot = params_for("remote_care", "430000", CHANGE).snapshot()
    value = Value.objects.get(name="max_cities", region="430000")
    change = edit_value(value, by=officers[0], at=NOON, because="mended", content=7)
    approve_value(change, by=officers[1], at=NOON, because="agreed")
    old = Params.from_snapshot(snapshot)
    assert (old.max_cities, cities("430000")) == (2, 7)
    ways = ("portal", "provincial_app", "national_app", "counter")
    assert (old.channels, old.long_term_months, old.version) == (ways, None, snapshot["version"])
    assert old.source("max_cities").grade == "assumed" and old.snapshot() == snapshot


def test_a_snapshot_survives_a_parameter_that_is_no_longer_declared(packs):
    snapshot = params_for("remote_care", "430000", CHANGE).snapshot()
    snapshot = {**snapshot, "values": {**snapshot["values"], "gone": [1]}, "sources": {**snapshot["sources"], "gone": ["assumed", ""]}}
    assert Params.from_snapshot(snapshot).gone == [1]


def test_the_wording_of_a_source_does_not_change_the_version(packs):
    before = params_for("remote_care", "430000", CHANGE).version
    Reference.objects.filter(id="S3.19").update(title="other words")
    from xinyijian.policies import refresh
    refresh(now=True)
    after = params_for("remote_care", "430000", CHANGE)
    assert (after.version, after.source("max_cities").titles[0]) == (before, "other words")
    assert LOADED_AT < NOON
