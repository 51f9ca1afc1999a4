"""A paper that was given once is not asked for again, as long as it counts; the bureau sees where it came from."""
from datetime import date, timedelta

import pytest

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian.casework import ageing, breaches, clock, documents, documents_shown, reuse
from xinyijian.casework.models import Deficiency, Document
from xinyijian.casework.workflow import act

DAY = timedelta(days=1)
PROOF, LEASE = "residence_proof", "lease"


def two_filings(town):
    """One complete with a lease, a later one that owes the proof."""
    first = filings.in_force(town, at=JAN_5, papers=("identity_card", LEASE))
    return first, filings.in_force(town, at=JAN_5 + DAY, place_id="310100")


@pytest.mark.req("S0.15")
def test_a_missing_document_is_handed_in_with_one_from_another_case(town):
    first, second = two_filings(town)
    given = Document.objects.get(docket=first.docket, kind=LEASE)
    client, url = browser(town.lan), f"/cases/{second.number}/give_missing/?code={PROOF}"
    page = client.get(url).content.decode()
    assert first.number in page and str(given.uuid) in page
    assert client.post(url, {"code": PROOF, "earlier": given.uuid}).status_code == 302
    gap = Deficiency.objects.get(docket=second.docket)
    assert (gap.state, gap.document.reused_from.docket, gap.document.kind) == ("given", first.docket, LEASE)
    shown = next(paper for paper in documents_shown.papers_of(second) if paper["uuid"] == gap.document.uuid)
    assert shown["first"].docket.number == first.number
    page = browser(town.clerk, "en").get(f"/cases/{second.number}/").content.decode()
    assert f"used again: first given on 5 January 2026 for {first.number}" in page


def test_neither_file_nor_paper_is_told_and_a_wrong_kind_too(town):
    first, second = two_filings(town)
    identity = Document.objects.get(docket=first.docket, kind="identity_card")
    client, url = browser(town.lan), f"/cases/{second.number}/give_missing/?code={PROOF}"
    assert client.post(url, {"code": PROOF, "earlier": ""}).status_code == 422
    assert client.post(url, {"code": PROOF, "earlier": identity.uuid}).status_code == 422
    chosen = Document.objects.get(docket=first.docket, kind=LEASE).uuid  # the page chooses it beforehand; the photo counts all the same
    assert client.post(url, {"code": PROOF, "earlier": chosen, "kind": "lease", "file": filings.photo("red")}).status_code == 302
    given = Deficiency.objects.get(docket=second.docket).document
    assert (given.kind, given.reused_from) == (LEASE, None)


def test_it_is_offered_only_while_it_counts_and_only_to_whoever_may_see_it(town):
    first, second = two_filings(town)

    def offered(by, at):
        return {p.kind for p in reuse.earlier_papers(second.person_id, second.region_id, but=second.docket_id, by=by, at=at)}

    until = reuse.origin_of(Document.objects.get(docket=first.docket, kind=LEASE), first.region_id, JAN_5).until
    assert until > date(2026, 12, 31) and offered(town.lan, JAN_5 + DAY) == {"identity_card", LEASE}
    assert offered(town.lan, JAN_5 + 400 * DAY) == {"identity_card"} and offered(town.father, JAN_5 + DAY) == set()


def test_what_the_bureau_sent_back_is_not_offered_again(town):
    filing = filings.in_force(town, at=JAN_5)
    given = filings.with_paper(filing, PROOF, by=town.lan, at=JAN_5 + DAY)
    act(given.reject_gap, by=town.clerk, at=JAN_5 + DAY, code=PROOF, because="faint")
    other = filings.draft(town, at=JAN_5 + 2 * DAY, place_id="310100")
    papers = reuse.earlier_papers(other.person_id, other.region_id, but=other.docket_id, by=town.lan, at=JAN_5 + 2 * DAY)
    assert PROOF not in {paper.kind for paper in papers}


def test_open_gaps_by_age_open_their_list(town):
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(JAN_5 + DAY)
    line, = ageing.lines(town.clerk, JAN_5 + 10 * DAY)
    assert (line.kind, line.region.pk, line.cells, line.total, line.overdue) == ("remote_care.Filing", "439901", [0, 1, 0, 0, 0], 1, 0)
    row, = ageing.rows(town.clerk, JAN_5 + 10 * DAY, kind=line.kind, region="439901", band=1)
    assert row.docket.number == filing.number and ageing.rows(town.clerk, JAN_5 + 10 * DAY, kind=line.kind, region="439901", band=0) == []
    assert ageing.lines(town.elsewhere, JAN_5 + 10 * DAY) == []
    page = browser(town.clerk, "en").get("/desk/gaps/?kind=remote_care.Filing&region=439901").content.decode()
    assert filing.number in page and browser(town.counter).get("/desk/gaps/").status_code == 404
    assert browser(town.clerk).get("/desk/gaps/?kind=x&region=439901").status_code == 404


def test_what_a_returned_case_brought_and_papers_of_a_false_one_are_not_offered(town):
    """Of three papers one is asked for once more; then the case is found to rest on a false paper."""
    first = filings.submitted(town, at=JAN_5, papers=("identity_card",))
    documents.receive(first.docket, LEASE, filings.photo("red"), by=town.lan, at=JAN_5)
    other = filings.draft(town, at=JAN_5, place_id="310100", papers=())

    def offered():
        return {p.kind for p in reuse.earlier_papers(other.person_id, other.region_id, but=other.docket_id, by=town.lan, at=JAN_5 + DAY)}

    assert offered() == {"identity_card", LEASE}
    act(first.return_to_applicant, by=town.clerk, at=JAN_5, redo=[LEASE], because="faint")
    assert offered() == {"identity_card"}
    breach = breaches.record(first.docket, because="the seal is not genuine", by=town.officer, at=JAN_5)
    assert offered() == set()
    breaches.lift(breach, because="it is genuine", by=town.second_officer, at=JAN_5)
    assert offered() == {"identity_card"}
