import pytest
from django.urls import reverse
from django.utils import timezone

from xinyijian import rules_views
from xinyijian.casework.models import DemoClock
from xinyijian.policies.models import Change, Value


def page(client, language="en", **query):
    client.cookies["language"] = language
    response = client.get(reverse("policies:policies"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_anybody_reads_what_is_in_force_with_grade_and_source(packs, client):
    text = page(client, region="320000", on="2026-11-23")
    assert "Cities at the same time" in text and "S3.19" in text and "At most two cities for a long stay" in text
    assert "published until 2026-12-31" in page(client, region="320000")


def test_the_page_speaks_the_readers_language(packs, client):
    assert "长期居住最多备案两个城市" in page(client, "zh-hans", region="320000", on="2026-11-23")


def test_before_the_packs_begin_nothing_is_in_force(packs, client):
    assert "Cities at the same time" not in page(client, region="320000", on="2024-12-31")


def test_a_region_without_a_pack_is_a_mistake_in_the_form_not_a_crash(packs, client):
    text = page(client, region="999999", on="yesterday")
    assert "Select a valid choice" in text and "Enter a valid date" in text and "S3.19" not in text


def test_without_any_pack_the_page_still_stands(db, client):
    page(client)


def test_a_persons_own_region_stands_first(packs, town, client):
    assert 'value="220000" selected' in page(client), "the first of the packs"
    client.force_login(town.lan)
    assert 'value="430000" selected' in page(client)
    client.force_login(town.clerk)
    assert 'value="430000" selected' in page(client) and 'value="320000" selected' in page(client, region="320000")


def test_the_table_is_of_the_business_day(packs, client, settings):
    settings.DEMO = True
    DemoClock.objects.create(pk=1, seconds_ahead=400 * 86400)
    assert f'value="{rules_views.today()}"' in page(client) and rules_views.today() > timezone.localdate()


@pytest.fixture
def officer(officers, client):
    client.force_login(officers[0])
    client.cookies["language"] = "en"
    return officers[0]


def edited(value, **changes):
    fields = {"content": "3", "grade": "assumed", "reference": "S3.19", "note": value.note, "note_en": value.note_en,
              "valid_from": "2025-01-01", "valid_until": "", "because": "the notice", "changes-TOTAL_FORMS": 0, "changes-INITIAL_FORMS": 0}
    return {**fields, **changes}


def test_the_admin_proposes_a_change_and_a_second_officer_puts_it_in_force(packs, client, officer):
    value = Value.objects.get(name="max_cities", region="430000")
    address = reverse("admin:policies_value_change", args=[value.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, edited(value)).status_code == 302
    value.refresh_from_db()
    assert (value.content, value.edited_by_id) == (2, None)
    change = Value.objects.get(replaces=value)
    assert (change.content, change.edited_by_id, change.in_force) == (3, officer.pk, False)
    assert Change.objects.filter(value=change, verb="proposed", because="the notice").count() == 1


def test_the_admin_refuses_a_value_of_the_wrong_type_or_without_a_reason(packs, client, officer):
    value = Value.objects.get(name="max_cities", region="430000")
    address = reverse("admin:policies_value_change", args=[value.pk])
    assert "not a whole number" in client.post(address, edited(value, content='"3"')).content.decode()
    assert client.post(address, edited(value, because="")).status_code == 200
    assert not Change.objects.filter(verb="edited").exists()


def test_the_admin_refuses_a_time_in_which_another_value_is_in_force(packs, client, officers, officer):
    value = Value.objects.get(name="max_cities", region="430000")
    Value.objects.filter(pk=value.pk).update(valid_until="2026-06-30")
    later = Value(service="remote_care", name="max_cities", region="430000", content=3, grade="assumed", valid_from="2026-07-01")
    later.save()
    response = client.post(reverse("admin:policies_value_change", args=[later.pk]), edited(later, valid_from="2026-06-30"))
    assert "Another value of this parameter is in force in that time" in response.content.decode()


def test_what_the_admin_adds_is_a_draft_that_another_officer_puts_in_force(packs, client, officers, officer):
    fields = edited(Value(), service="remote_care", name="max_cities", region="439901", valid_from="2026-12-01")
    assert client.post(reverse("admin:policies_value_add"), fields).status_code == 302
    draft = Value.objects.get(region="439901")
    action = {"action": "put_in_force", "_selected_action": draft.pk}
    client.post(reverse("admin:policies_value_changelist"), action)
    draft.refresh_from_db()
    assert not draft.in_force
    client.force_login(officers[1])
    client.post(reverse("admin:policies_value_changelist"), action)
    draft.refresh_from_db()
    assert draft.in_force and draft.approved_by_id == officers[1].pk


def test_the_list_shows_grades_and_history_cannot_be_written(packs, client, officer):
    assert "grade-unverified" in client.get(reverse("admin:policies_value_changelist")).content.decode()
    assert client.get(reverse("admin:policies_change_changelist")).status_code == 200
    assert client.get(reverse("admin:policies_change_add")).status_code == 403
    assert client.post(reverse("admin:policies_value_delete", args=[Value.objects.first().pk]), {"post": "yes"}).status_code == 403
