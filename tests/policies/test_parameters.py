from datetime import date
from decimal import Decimal

import pytest

from xinyijian.policies import Parameter, declare
from xinyijian.policies.parameters import stored


@pytest.mark.parametrize("kind, json, typed", [
    (int, 2, 2), (bool, False, False), (str, "end", "end"), (Decimal, "0.85", Decimal("0.85")), (date, "2026-01-31", date(2026, 1, 31)),
    (list, ["a", "b"], ("a", "b")), (dict, {"a": 1}, {"a": 1})])
def test_each_kind_is_read_from_json_and_stored_again(kind, json, typed):
    parameter = Parameter("x", kind)
    assert parameter.read(json) == typed
    assert stored(parameter.read(json)) == json


@pytest.mark.parametrize("kind, wrong, words", [
    (int, "2", "whole number"), (int, 2.0, "whole number"), (int, True, "whole number"),
    (bool, 1, "true or false"), (bool, "yes", "true or false"),
    (str, 3, "a text"), (Decimal, 0.85, "in quotes"), (Decimal, "NaN", "decimal"), (date, "31.1.2026", "a day"), (date, 5, "a day"),
    (list, "a", "not a list"), (list, [1], "a text"), (int, None, "whole number"), (dict, [], "named values")])
def test_a_value_of_another_type_is_refused_in_clear_words(kind, wrong, words):
    with pytest.raises(ValueError, match=words):
        Parameter("x", kind).read(wrong)


def test_choices_and_limits_hold_at_their_edges():
    assert [Parameter("x", int, least=1, most=6).read(n) for n in (1, 6)] == [1, 6]
    for wrong in (0, 7):
        with pytest.raises(ValueError, match="between 1 and 6"):
            Parameter("x", int, least=1, most=6).read(wrong)
    with pytest.raises(ValueError, match="one of end, officer"):
        Parameter("x", str, choices=("end", "officer")).read("stop")
    with pytest.raises(ValueError, match="one of a, b"):
        Parameter("x", list, choices=("a", "b")).read(["a", "c"])


def test_none_is_a_value_only_where_declared():
    assert Parameter("x", int, optional=True).read(None) is None


def test_the_same_name_twice_is_a_bug_unless_it_is_the_same_declaration():
    declare("test_twice", Parameter("x", int))
    declare("test_twice", Parameter("x", int))
    with pytest.raises(ValueError, match="declared twice"):
        declare("test_twice", Parameter("x", str))


def test_a_kind_that_nobody_can_read_is_refused_when_declared():
    with pytest.raises(TypeError, match="float"):
        Parameter("x", float)
