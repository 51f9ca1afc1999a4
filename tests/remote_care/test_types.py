"""Every type by both entries in every pack: papers, order of the steps, rules; straight from the files, without a database."""
import shutil
from dataclasses import replace
from datetime import date

import pytest

from remote_care import policy
from remote_care.entitlements import of_type
from remote_care.parameters import allows_commitment, documents_for, steps_for
from remote_care.states import CHOSEN, LONG, Occasion, Type
from tests.packs import params_of
from xinyijian.casework.rules import answers
from xinyijian.policies.packs import FOLDER

PACKS = {"430000": "hunan", "320000": "jiangsu", "220000": "jilin"}
ENTRIES = {"A": "portal", "B": "national_app"}
ID, HOME, POST, REFER = "identity_card", ["household_register_front", "household_register_page"], "posting_letter", "referral_form"
TABLE = {  # type: {pack: (principal, secondary, whether a letter will do)} by entry A
    "settled_retiree": {"hunan": ([ID], HOME, True), "jiangsu": ([ID, *HOME], [], False), "jilin": ([ID, *HOME], [], True)},
    "long_residence": {"hunan": ([ID], ["residence_proof"], True), "jiangsu": ([ID, "residence_proof"], [], True),
                       "jilin": ([ID, "residence_proof"], [], True)},
    "posted_worker": {"hunan": ([ID], [POST], True), "jiangsu": ([ID, POST], [], False), "jilin": ([ID, POST], [], True)},
    "referred": dict.fromkeys(PACKS.values(), ([ID, REFER], [], False)),
    "other_temporary": {"hunan": ([ID], [], False), "jiangsu": ([], [], False), "jilin": ([], [], False)},
    "emergency": dict.fromkeys(PACKS.values(), ([], [], False)),
}
ON_B = {"other_temporary": dict.fromkeys(PACKS.values(), (["identity_photo"], [], False))}  # the rest is as by entry A
CELLS = [(type, region, entry) for type in TABLE for region in PACKS for entry in ENTRIES]
DAY = date(2026, 1, 5)
SOUND = policy.Facts(
    today=DAY, asked_on=DAY, type="", by_commitment=False, commitment_signed=False, promise_signed=False, notice_read=True, alive=True,
    insured_here=True, place="440100", home="439901", place_detailed=True, contact_complete=True, start_on=DAY, resident_since=None,
    other_places=(), same_place_live=False, documents=(), beneficiary=False, through="", breaches=False, gap_overdue=False,
    in_force_on=None, referral_hospital="青禾县人民医院", referral_level=2)


def asked(type, region, entry):
    return (ON_B if entry == "B" and type in ON_B else TABLE)[type][PACKS[region]]


def unmet(facts, params):
    return [a.code for _rule, a in answers(policy.ALL, facts, params) if not a.ok]


def facts_of(type, entry, **more):
    begun = {"occasion": "admitted", "care_hospital": True, "admitted_on": DAY} if type == "emergency" else {}
    return replace(SOUND, **{"type": type, "channel": ENTRIES[entry]} | begun | more)


@pytest.mark.req("S3.13", "S3.18", "S3.21")
def test_what_each_type_must_show_by_each_entry_in_each_pack():
    wrong = {}
    for cell in CELLS:
        type, region, entry = cell
        params = params_of(region)
        papers = documents_for(params, type, ENTRIES[entry])
        codes = tuple([paper["code"] for paper in papers["documents"][part]] for part in ("principal", "secondary"))
        found = (*codes, allows_commitment(params, type, ENTRIES[entry]))
        wrong |= {} if found == asked(*cell) else {cell: found}
    assert not wrong


@pytest.mark.req("S3.22", "S3.28")
def test_leaving_by_own_decision_needs_nothing_by_the_provinces_entry_and_a_photo_by_the_national_one():
    jiangsu = params_of("320000")
    assert not unmet(facts_of("other_temporary", "A"), jiangsu)
    assert unmet(facts_of("other_temporary", "B"), jiangsu) == ["principal_missing"]
    assert not unmet(facts_of("other_temporary", "B", documents=("identity_photo",)), jiangsu)


@pytest.mark.req("S3.1", "S3.4", "S3.7")
def test_with_its_papers_each_cell_may_be_sent_and_without_a_principal_one_not():
    wrong = {}
    for cell in CELLS:
        type, region, entry = cell
        principal, secondary, _letter = asked(*cell)
        params, full = params_of(region), facts_of(type, entry, documents=(*principal, *secondary))
        lacking = [unmet(replace(full, documents=tuple(set(full.documents) - {one})), params) for one in principal]
        if unmet(full, params) or any(codes != ["principal_missing"] for codes in lacking):
            wrong[cell] = (unmet(full, params), lacking)
    assert not wrong


@pytest.mark.req("S3.29", "S3.11")
def test_the_order_of_the_steps_is_the_entrys():
    for region in PACKS:
        first, second = steps_for(params_of(region), "portal"), steps_for(params_of(region), "national_app")
        assert first.index("notice") < first.index("type") and second.index("type") < second.index("notice") < second.index("contact")
        assert set(first) == set(second) and len(first) == len(set(first))
    assert steps_for(params_of("320000"), "portal").index("contact") < steps_for(params_of("320000"), "portal").index("papers")


@pytest.mark.req("S3.6", "S3.12")
def test_five_types_are_chosen_and_an_emergency_is_only_recorded_afterwards():
    assert [str(one) for one in CHOSEN] == ["settled_retiree", "long_residence", "posted_worker", "referred", "other_temporary"]
    for region in PACKS:
        params = params_of(region)
        assert set(params.types) == set(CHOSEN)
        before = facts_of("emergency", "A", occasion="planned", care_hospital=False, admitted_on=None, notice_read=False)
        assert unmet(before, params) == ["emergency_is_filed"]
        assert not unmet(replace(before, occasion="admitted", care_hospital=True, admitted_on=DAY), params)
        assert "type_missing" in unmet(facts_of("", "A"), params)


@pytest.mark.req("S3.16", "S3.20")
def test_a_letter_is_for_the_types_that_the_pack_allows_and_never_for_a_second_city():
    letter = {"by_commitment": True, "commitment_signed": True, "resident_since": date(2025, 7, 5), "documents": (ID,)}
    for region in PACKS:
        for type in LONG:
            allowed = asked(type, region, "A")[2]
            codes = unmet(facts_of(type, "A", **letter), params_of(region))
            assert ("commitment_not_allowed" in codes) is not allowed and (codes == []) is allowed
            assert "commitment_not_allowed" in unmet(facts_of(type, "A", other_places=("310100",), **letter), params_of(region))


@pytest.mark.req("S3.19")
def test_the_limit_of_cities_is_for_long_stays_only():
    two = {"other_places": ("310100", "110100"), "documents": (ID, "residence_proof", REFER)}
    assert unmet(facts_of("long_residence", "A", **two), params_of("320000")) == ["too_many_cities"]
    assert not unmet(facts_of("referred", "A", **two), params_of("320000"))


@pytest.mark.req("S3.25")
def test_the_national_entry_serves_other_provinces_only():
    near = {"place": "430100", "documents": (ID, REFER)}
    assert unmet(facts_of("referred", "B", **near), params_of("430000")) == ["same_province"]
    assert not unmet(facts_of("referred", "A", **near), params_of("430000"))


@pytest.mark.req("S3.5", "S3.21")
@pytest.mark.parametrize(("level", "sound"), [(3, True), (2, True), (1, False), (None, False)])
def test_a_referral_comes_from_a_hospital_of_level_two_or_higher(level, sound):
    codes = unmet(facts_of("referred", "A", documents=(ID, REFER), referral_level=level), params_of("320000"))
    assert codes == ([] if sound else ["referral_unsound"])


@pytest.mark.req("S3.31", "S3.33", "S3.34")
def test_a_way_that_the_region_does_not_name_is_closed():
    ways = {way: [PACKS[region] for region in PACKS if not unmet(facts_of("other_temporary", "A", channel=way, documents=(ID,)),
                                                                 params_of(region))]
            for way in ("counter", "township", "village", "kiosk", "hospital", "provincial_app")}
    assert ways == {"counter": ["hunan", "jiangsu", "jilin"], "township": ["jiangsu"], "village": ["jiangsu"], "kiosk": ["jiangsu"],
                    "hospital": ["hunan", "jiangsu", "jilin"], "provincial_app": ["hunan", "jiangsu"]}


@pytest.mark.req("S0.13", "S0.14")
def test_of_a_stay_that_has_begun_hospital_and_days_are_told():
    told = {"occasion": "paid", "care_hospital": True, "admitted_on": date(2026, 1, 1), "discharged_on": date(2026, 1, 4)}
    for lacking in ({"care_hospital": False}, {"admitted_on": None}, {"discharged_on": None}, {"discharged_on": date(2025, 12, 31)},
                    {"discharged_on": date(2026, 1, 6)}, {"admitted_on": date(2026, 1, 6)}):
        assert unmet(facts_of("other_temporary", "A", **told | lacking), params_of("320000")) == ["stay_incomplete"], lacking
    assert not unmet(facts_of("other_temporary", "A", **told), params_of("320000"))
    assert not unmet(facts_of("other_temporary", "A", **told | {"occasion": Occasion.ADMITTED, "discharged_on": None}), params_of("320000"))


def test_a_stay_that_has_begun_may_be_filed_from_the_past_but_never_far_ahead():
    over = {"occasion": "paid", "care_hospital": True, "admitted_on": DAY, "discharged_on": DAY}
    for day, codes in ((date(2025, 12, 1), []), (date(2036, 1, 5), ["start_unsound"])):
        assert unmet(facts_of("other_temporary", "A", start_on=day, **over), params_of("320000")) == codes


@pytest.mark.req("S2.26")
def test_each_pack_says_what_is_paid_with_its_grade():
    hunan, jiangsu = params_of("430000"), params_of("320000")
    share, resident = (of_type(hunan, "other_temporary", scheme) for scheme in ("310", "390"))
    assert (share.filed.percent, share.filed.sure, share.unfiled.percent, share.unfiled.sure) == (100, True, 70, False)
    assert (resident.filed.percent, resident.filed.sure, resident.unfiled.percent, resident.unfiled.sure) == (100, True, 60, False)
    shares = {(one.filed.percent, one.filed.sure) for type in LONG for one in [of_type(jiangsu, type, "390")]}
    assert shares == {(100, False)}
    assert of_type(jiangsu, "referred", "390").unfiled.percent is None, "nobody says what no document says"
    assert of_type(hunan, "referred", "340").filed.percent is None, "nor for a scheme of which none speaks"
    assert of_type(params_of("220000"), Type.REFERRED, "310").filed.percent == 90


def test_another_region_is_one_more_file(tmp_path):
    folder = tmp_path / "policies"
    shutil.copytree(FOLDER, folder)
    pack = (folder / "jilin.yaml").read_text().replace('region: "220000"', 'region: "990000"').replace("吉林省", "新省")
    pack = pack.replace("value: [settled_retiree, long_residence, posted_worker, referred, other_temporary]", "value: [referred]")
    (folder / "invented.yaml").write_text(pack.replace("value: [portal, national_app, counter]", "value: [village]"))
    params = params_of("990000", folder)
    papers = {"documents": (ID, REFER), "home": "999901"}
    assert not unmet(facts_of("referred", "A", channel="village", **papers), params)
    assert unmet(facts_of("other_temporary", "A", **papers), params) == ["channel_closed", "type_missing"]
