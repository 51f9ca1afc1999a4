"""Everything that is said in English is said in Chinese."""
from xinyijian import messages


def test_every_sentence_has_its_chinese_with_the_same_placeholders():
    assert messages.complaints(messages.collect(), messages.read()) == []


def test_templates_filters_and_plurals_are_collected():
    said = messages.collect()
    assert said.get("Large print") and said.get("Send it now")  # a tag, and a string inside a filter
    assert said.get(("%(count)d day", "%(count)d days"))
    assert said.get("due", "before a moment")  # with its context


def test_what_is_missing_unsure_or_unlike_is_named():
    said, catalogue = messages.Catalog(locale="zh_Hans"), messages.Catalog(locale="zh_Hans")
    for text in ("one", "two %(n)s", "three", "four"):
        said.add(text)
    catalogue.add("two %(n)s", "二")
    catalogue.add("three", "三", flags=["fuzzy"])
    catalogue.add("four", "四")
    kinds = [complaint.split(":")[0] for complaint in messages.complaints(said, catalogue)]
    assert kinds == ["not translated", "other placeholders", "fuzzy"]
