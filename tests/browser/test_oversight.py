"""An auditor searches the trail, and a person sees who looked, in a browser."""

import pytest

from xinyijian.people import demo

from . import filing

DEMO = True
DJANGO = "import django; django.setup(); "
SEAL = DJANGO + """
from xinyijian.audit.models import Event, Seal
from xinyijian.audit.sealing import seal
from xinyijian.serve.processes import wait_until
assert wait_until(lambda: seal() is not None and Seal.objects.exists(), seconds=20)"""  # after whatever the worker is still writing
PROVE = DJANGO + "from xinyijian.oversight.tasks import run_proofs; run_proofs()"


def test_a_person_sees_what_is_kept_and_who_looked(visit, stack):
    stranger = visit()
    stranger.enter("stranger", demo.PASSWORD)
    stranger.wears("", "en")
    stranger.go("/my-data/")
    stranger.page.get_by_role("link", name="Who looked at it").click()
    assert stranger.page.get_by_role("heading", name="Who looked at my data").is_visible()


@pytest.mark.parametrize(("language", "display"), [("zh-hans", ""), ("en", "elder.22")], ids=["zh", "elder-en"])
def test_an_auditor_searches_the_trail_asks_a_decision_again_and_sees_the_chain_proven(visit, stack, language, display):
    stack.run("-c", SEAL)
    auditor = filing.staff(visit, "auditor", language=language)
    auditor.wears(display, language)
    auditor.go("/oversight/")
    auditor.sees("Search the trail")
    auditor.page.locator("main form button.btn-primary").first.click()
    auditor.page.wait_for_load_state()
    assert auditor.page.locator("main table tbody tr").count() > 5
    form = auditor.page.locator("main form").first  # the others carry the same search on
    form.locator("[name=actor]").fill("clerk2")
    form.locator("button.btn-primary").click()
    auditor.page.wait_for_load_state()
    assert form.locator("[name=actor]").input_value() == "clerk2"
    assert "clerk2" in auditor.page.locator("main table tbody").inner_text()
    auditor.go("/oversight/")
    form.locator("[name=verb]").fill("accept")  # among the newest of all there may be no decision: others have walked here
    form.locator("button.btn-primary").click()
    auditor.page.wait_for_load_state()
    auditor.page.locator("main table a[href*='/oversight/decisions/']").first.click()
    auditor.sees("A decision asked again", "the same answer")
    auditor.follow("Proof of the chain")
    auditor.press("Prove this stretch")
    auditor.sees("waiting")
    if language == "en":  # the worker's minute is not waited for twice
        stack.run("-c", PROVE)
        auditor.waits_for("as it was sealed")
