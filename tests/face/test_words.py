"""What the portal's own filters say."""
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from xinyijian.templatetags import portal

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "left, english, chinese, tone",
    [
        (timedelta(days=2, hours=3), "2 days 3 hours left", "还剩 2 天 3 小时", "calm"),
        (timedelta(days=2), "2 days left", "还剩 2 天", "soon"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute left", "还剩 1 小时 1 分钟", "soon"),
        (timedelta(seconds=1), "0 minutes left", "还剩 0 分钟", "soon"),
        (timedelta(0), "overdue by 0 minutes", "已超期 0 分钟", "overdue"),
        (-timedelta(days=1, minutes=5), "overdue by 1 day", "已超期 1 天", "overdue"),
    ],
)
def test_time_left_in_two_units(left, english, chinese, tone):
    with translation.override("en"):
        assert portal.due_in(NOW + left, NOW) == english
    with translation.override("zh-hans"):
        assert portal.due_in(NOW + left, NOW) == chinese
    assert portal.due_tone(NOW + left, NOW) == tone


def test_two_days_and_a_second_are_calm():
    assert portal.due_tone(NOW + timedelta(days=2, seconds=1), NOW) == "calm"


@pytest.mark.parametrize(
    "amount, words",
    [
        ("1234.5", "¥1,234.50"), (0, "¥0.00"), (Decimal("-12.345"), "−¥12.35"), (None, ""), ("", ""),
        (Decimal("9999999.995"), "¥10,000,000.00"),
    ],
)
def test_money_has_two_places_and_thousands_in_both_languages(amount, words):
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert portal.money(amount) == words


def test_midnight_is_said_as_the_end_of_the_day_before():
    midnight = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)  # 5 December, 00:00 in Shanghai
    with translation.override("zh-hans"):
        assert portal.moment(midnight) == "2026年12月4日 24:00"
        assert portal.moment(midnight + timedelta(minutes=1)) == "2026年12月5日 00:01"
    with translation.override("en"):
        assert portal.moment(midnight) == "4 December 2026 24:00"


def test_days_follow_the_language():
    with translation.override("zh-hans"):
        assert portal.day(date(2027, 3, 31)) == "2027年3月31日"
    assert portal.day(None) == ""


def test_parts_of_a_bar_lie_side_by_side_and_fill_it():
    laid = portal.laid_out([{"amount": 30}, {"amount": 50}, {"amount": 20}], 100)
    assert laid == [("0", "30.00"), ("30.00", "50.00"), ("80.00", "20.00")]
    assert portal.laid_out([{"amount": 0}], 0) == [("0", "0")]


def test_either_passes_over_what_is_missing_but_not_over_no_and_nought():
    assert portal.either("", None, 0) == 0
    assert portal.either("", False) is False


@pytest.mark.parametrize("text, excerpt", [
    ("Filing A1 is accepted. Details: http://127.0.0.1:8000/cases/A1/", "Filing A1 is accepted."),
    ("备案 A1 已受理。 详情：https://example.org/cases/A1/", "备案 A1 已受理。"),
    ("Nothing to follow: wait.", "Nothing to follow: wait."),
])
def test_an_excerpt_leaves_the_address_out(text, excerpt):
    assert portal.without_link(text) == excerpt
