"""An auditor searches the trail, and a person sees who looked, in a browser."""

from xinyijian.people import demo

DEMO = True


def test_a_person_sees_what_is_kept_and_who_looked(visit, stack):
    stranger = visit()
    stranger.sign_in_by_password("stranger", demo.PASSWORD)
    stranger.wears("", "en")
    stranger.go("/my-data/")
    stranger.page.get_by_role("link", name="Who looked at it").click()
    assert stranger.page.get_by_role("heading", name="Who looked at my data").is_visible()
