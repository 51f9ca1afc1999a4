"""Who enjoys the programme, asked by a hospital's system."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.town import link, make_person, rate
from xinyijian.audit.models import Event
from xinyijian.care.eligibility import ENDED, NO, NOT_VERIFIED, YES, eligibility_of
from xinyijian.care.models import Coverage
from xinyijian.casework.api.caller import Caller
from xinyijian.casework.check_reach import prefix_of
from xinyijian.casework.days import day_of
from xinyijian.connect.eligibility import ask

from .test_filings import FILLED

FOR = {"code_biz_type": "01103"}
DAY = timedelta(days=1)


@pytest.fixture
def today(town):
    """The town's ratings are of 2026; here they hold today."""
    from xinyijian.people.models import Standing

    Standing.objects.update(valid_until=day_of(timezone.now()) + 30 * DAY)


@pytest.mark.req("S0.2", "S0.3", "S0.4")
def test_a_hospital_learns_that_and_through_whom_and_no_more(his, town, today):
    person = town.mother_person
    answer = his.get("eligibility/", psn_no=person.psn_no, **FOR)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["trt_enjymnt_flag"], told["trt_chk_rslt"], told["through"]) == ("1", "excellent", "child")
    assert told["psn_name"] == "王**" and told["enddate"] == str(day_of(timezone.now()) + 30 * DAY)
    said = answer.content.decode()
    assert not any(text in said for text in (person.cert_number, person.phone, person.name, town.lan_person.psn_no, "李"))


def test_missing_is_not_verified_and_nothing_bad(his, town, today):
    told = his.get("eligibility/", psn_no=town.stranger_person.psn_no, **FOR).json()
    assert (told["trt_enjymnt_flag"], told["trt_chk_rslt"], told["through"], told["enddate"]) == ("0", "not_verified", None, None)
    rate(town.stranger_person, "good", valid_until=None)
    assert his.get("eligibility/", psn_no=town.stranger_person.psn_no, **FOR).json()["trt_chk_rslt"] == "not_entitled"


def test_by_certificate_the_name_must_fit_and_nothing_tells_which_was_wrong(his, town):
    person = town.lan_person
    asked = {"psn_cert_type": "01", "certno": person.cert_number, "psn_name": person.name} | FOR
    assert his.post("eligibility/", asked, key=False).json()["psn_no"] == person.psn_no
    wrong_name = his.post("eligibility/", asked | {"psn_name": "李小兰"}, key=False)
    nobody = his.post("eligibility/", asked | {"certno": "439901197901151013"[:17] + "5"}, key=False)
    assert wrong_name.status_code == 404
    assert nobody.status_code in (404, 422)
    unknown = his.post("eligibility/", asked | {"certno": "11010519491231002X"}, key=False)
    assert (unknown.status_code, unknown.content) == (404, wrong_name.content)


def test_each_look_leaves_an_event_with_its_purpose_and_without_the_number(his, town):
    his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR)
    his.get("eligibility/", psn_no="nobody", **FOR)
    found, missed = Event.objects.filter(verb="looked_up").order_by("pk")
    assert (found.person_id, found.by_id, found.by_label) == (town.mother_person.pk, his.client.acts_as_id, "connected_system")
    assert found.data == {"client_id": his.client.client_id, "organisation": town.county_hospital.code, "way": "psn_no"} | FOR
    assert missed.person_id is None and missed.data["way"] == "psn_no"


def test_what_is_in_force_for_her_is_told(his, town):
    on = day_of(timezone.now())
    Coverage.objects.create(
        kind="remote_filing", person=town.mother_person, case_number="RC1", platform_number="D1", place_id="440100", starts_on=on
    )
    Coverage.objects.create(
        kind="remote_filing",
        person=town.mother_person,
        case_number="RC2",
        place_id="440300",
        starts_on=on - 9 * DAY,
        ends_on=on - DAY,
        ended_because="ended",
    )
    told = his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR).json()["coverages"]
    assert told == [{"kind": "remote_filing", "trt_dcla_detl_sn": "D1", "mdtrtarea_admdvs": "440100", "begndate": str(on), "enddate": None}]


@pytest.mark.parametrize(
    "asked, field",
    [
        ({}, "code_biz_type"),
        ({"code_biz_type": "99999"}, "code_biz_type"),
        (FOR, ""),
        (FOR | {"psn_no": "1", "code": "2"}, ""),
        (FOR | {"psn_cert_type": "01", "certno": "439901195003081043", "psn_name": "x"}, "certno"),
        (FOR | {"psn_no": "\x00"}, "psn_no"),
        (FOR | {"psn_no": "\ud800"}, "psn_no"),
        (FOR | {"psn_no": "1", "name": "x"}, "name"),
    ],
)
def test_what_was_asked_wrongly_is_told_by_field(his, asked, field):
    answer = his.post("eligibility/", asked, key=False)
    assert answer.status_code == 422, answer.content
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("way", ["psn_no", "certificate", "filing"])
def test_a_live_key_reaches_whom_the_desk_reaches(his, town, way):
    near, far = make_person(serial=401, region="439902"), make_person(serial=402, region="440100")
    for person, right in ((near, {200, 201}), (far, {404})):
        who = {"psn_no": person.psn_no} | FOR
        if way == "certificate":
            who = {"psn_cert_type": "01", "certno": person.cert_number, "psn_name": person.name} | FOR
        answer = his.post("filings/", who | {"dcla_souc": "01"} | FILLED) if way == "filing" else his.post("eligibility/", who, key=False)
        assert answer.status_code in right, answer.content


def test_a_key_that_guesses_is_stopped_for_an_hour_and_no_other(his, other_his, town, settings):
    settings.API_MISSES_AN_HOUR = 2
    asked = [his.get("eligibility/", psn_no=f"guess{n}", **FOR) for n in range(2)]
    asked.append(his.post("filings/", {"psn_no": "guess", "dcla_souc": "01"} | FOR | FILLED))
    hers = his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR)
    assert [answer.status_code for answer in (*asked, hers)] == [404, 404, 429, 429]
    assert 0 < int(hers["Retry-After"]) <= 3600 and hers.json()["code"] == "too_many_requests"
    assert Event.objects.filter(verb="looked_up").count() == 3
    assert other_his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR).status_code == 200


def test_it_is_one_statement(his, town, django_assert_num_queries):
    his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR)
    with django_assert_num_queries(2):  # the demo's clock, and the question
        his.get("eligibility/", psn_no=town.mother_person.psn_no, **FOR)


RESULTS = {YES: "excellent", NO: "not_entitled", NOT_VERIFIED: "not_verified", ENDED: "ended"}


def test_it_says_what_a_hospitals_desk_says(town):
    """Against the plain Python of care.eligibility, on many made-up families: answer, through whom, until when, and what is in force."""
    dice, at = random.Random(7), timezone.now()
    on = day_of(at)
    people = [make_person(serial=serial, died_on=dice.choice([None, None, None, on - DAY, on + DAY])) for serial in range(300, 330)]
    for one in people:
        for other in dice.sample(people, 3):
            span = {"since": on - dice.randint(-1, 3) * DAY, "until": on + dice.randint(1, 4) * DAY}
            if one != other:
                link(one, other, dice.choice(["spouse", "parent", "child"]), verified_at=dice.choice([at, at, None]), **span)
        for _ in range(dice.randint(0, 3)):
            start = on - dice.randint(-1, 4) * DAY
            rate(
                one,
                dice.choice(["excellent", "excellent", "good", "breach"]),
                valid_from=start,
                read_at=at - dice.randint(0, 3) * DAY,
                valid_until=dice.choice([None, start + dice.randint(0, 6) * DAY]),
                repaired_on=dice.choice([None, None, None, start + dice.randint(0, 3) * DAY]),
            )
        for number in range(dice.randint(0, 2)):
            start = on - dice.randint(-1, 2) * DAY
            span = {"starts_on": start, "ends_on": dice.choice([None, start, start + 2 * DAY])}
            Coverage.objects.create(kind="remote_filing", person=one, case_number=f"RC{one.pk}-{number}", place_id="440100", **span)
    place = town.county_hospital
    caller = Caller("live-x", place.pk, place.code, place.kind, place.region_id, "live", frozenset(), town.clerk)
    answers = Counter()
    for one in people:
        told, desk = ask(caller, {"psn_no": one.psn_no} | FOR, at=at), eligibility_of(one, on)
        through = (told.relation, told.until, told.source) if told.entitled else None
        assert told.result == RESULTS[desk.answer], one.pk
        assert through == (desk.entitlement and (desk.entitlement.relation, desk.entitlement.until, desk.entitlement.source)), one.pk
        assert [row[0:3:2] + row[3:4] for row in told.coverages] == [[c.kind, c.place_id, str(c.starts_on)] for c in desk.coverages], one.pk
        answers[desk.answer] += 1
    assert set(answers) == set(RESULTS) and answers[YES] > 5


def test_only_an_online_platform_reaches_beyond_the_circle_of_the_policy(law):
    at = timezone.now()
    assert [prefix_of(kind, "430000", at) for kind in ("app", "hospital", "bank")] == ["43", "4300", "4300"]
    assert [prefix_of("app", region, at) for region in ("439900", "439901")] == ["4399", "439901"]
