"""Papers of a case as lists and, at the desk, as the one page that is looked at."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from . import words
from .models import ErasedPages
from .scans import UNSORTED

LARGEST = 3  # steps of size; the style sheet knows three


def papers_of(case) -> list[dict]:
    """Every paper that was given, newest first within its kind."""
    said = words.of_service(case.docket.kind)
    papers = _named(case.docket.documents.select_related("reused_from__docket").order_by("kind", "-pk"))
    erased = set(ErasedPages.objects.filter(stored__in=[paper.stored for paper in papers]).values_list("stored", flat=True))
    return [
        {
            "title": paper.title or said.document_name(paper.kind),
            "at": paper.received_at,
            "pages": paper.pages,
            "uuid": paper.uuid,
            "docket_id": paper.docket_id,
            "url": reverse("document", args=[paper.uuid]),
            "erased": paper.stored in erased,
            "first": paper.reused_from,  # the same paper, given before
        }
        for paper in papers
    ]


def _named(papers):
    """Without the scans that stand there again as what they are."""
    papers = list(papers)
    known = {paper.stored for paper in papers if paper.kind != UNSORTED}
    return [paper for paper in papers if paper.kind != UNSORTED or paper.stored not in known]


def viewer(case, wish, first=None) -> dict | None:
    """The page that the address asks for (?paper=uuid&page=2&turn=90&zoom=2), its neighbours, and the list of papers; None without papers.

    Without a wish the paper with the uuid `first`, which waits to be looked at.
    """
    papers = papers_of(case)
    leaves = [(paper, number) for paper in papers if not paper["erased"] for number in range(1, paper["pages"] + 1)]
    if not leaves:
        return None
    asked = (wish.get("paper") or str(first), wish.get("page", "1"))
    at = next((n for n, (paper, number) in enumerate(leaves) if (str(paper["uuid"]), str(number)) == asked), 0)
    paper, number = leaves[at]
    word = _("Page %(number)s of %(pages)s") % {"number": number, "pages": paper["pages"]} if paper["pages"] > 1 else ""
    kept = [one for one in papers if not one["erased"]]
    place = kept.index(paper)
    turn, zoom = turn_of(wish), zoom_of(wish)

    def leaf(one, page):
        """Another page; how a sheet was laid and how large it is holds for the whole paper."""
        return address(case, one, page, *((turn, zoom) if one is paper else ()))

    return {
        "current": {"url": f"{paper['url']}?page={number}", "word": word, "turn": turn // 90, "zoom": zoom},
        "title": paper["title"],
        "papers": [p | {"show_url": "" if p["erased"] else address(case, p, 1), "shown": p is paper} for p in papers],
        "place": place + 1,
        "kept": len(kept),
        "previous_paper_url": address(case, kept[place - 1], 1) if place else "",
        "next_paper_url": address(case, kept[place + 1], 1) if place + 1 < len(kept) else "",
        "previous_url": leaf(*leaves[at - 1]) if at else "",
        "next_url": leaf(*leaves[at + 1]) if at + 1 < len(leaves) else "",
        "turn_url": address(case, paper, number, (turn + 90) % 360, zoom),
        "larger_url": address(case, paper, number, turn, min(zoom + 1, LARGEST)),
        "smaller_url": address(case, paper, number, turn, max(zoom - 1, 1)),
    }


def turn_of(wish) -> int:
    """By how much the sheet is turned clockwise: 0, 90, 180 or 270."""
    return int(wish["turn"]) if wish.get("turn") in ("90", "180", "270") else 0


def zoom_of(wish) -> int:
    """How large it is shown: 1 (as wide as its frame) to 3."""
    return int(wish["zoom"]) if wish.get("zoom") in ("2", "3") else 1


def address(case, paper, number, turn=0, zoom=1) -> str:
    """The case's page with that paper open."""
    laid = {"turn": turn} if turn else {}
    seen = {"zoom": zoom} if zoom > 1 else {}
    return f"/cases/{case.number}/?{urlencode({'paper': paper['uuid'], 'page': number} | laid | seen)}#paper"
