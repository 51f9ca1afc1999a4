"""System, security and audit administrator are three people: the database says so, whoever asks."""
from datetime import date
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from tests.town import make_post, make_user

pytestmark = pytest.mark.django_db
THREE = ("system_admin", "security_admin", "audit_admin")


@pytest.mark.parametrize(("first", "second"), list(permutations(THREE, 2)))
def test_nobody_holds_two_of_the_three_posts_at_once_wherever_they_are(town, first, second):
    user = make_user("administrator", is_staff=True)
    make_post(user, town.bureau, first)
    with pytest.raises(IntegrityError, match="post_administrators_apart"), transaction.atomic():
        make_post(user, town.other_bureau, second, since=date(2026, 6, 1))


def test_one_after_the_other_is_allowed_from_the_next_day_on(town):
    user = make_user("administrator", is_staff=True)
    make_post(user, town.bureau, "system_admin", until=date(2026, 3, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(user, town.bureau, "audit_admin", since=date(2026, 3, 31))
    make_post(user, town.bureau, "audit_admin", since=date(2026, 4, 1))


def test_nor_through_a_second_account_of_the_same_person(town):
    make_user("first", town.stranger_person, is_staff=True)
    with pytest.raises(IntegrityError, match="user_one_staff_account"), transaction.atomic():
        make_user("second", town.stranger_person, is_staff=True)
