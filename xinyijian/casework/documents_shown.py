"""Papers of a case as lists and, at the desk, as the one page that is looked at."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from . import words
from .models import ErasedPages


def papers_of(case) -> list[dict]:
    """Every paper that was given, newest first within its kind."""
    said = words.of_service(case.docket.kind)
    papers = list(case.docket.documents.select_related("reused_from__docket").order_by("kind", "-pk"))
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


def viewer(case, wish, first=None) -> dict | None:
    """The page that the address asks for (?paper=uuid&page=2), its neighbours, and the list of papers; None without papers.

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
    return {
        "current": {"url": f"{paper['url']}?page={number}", "word": word},
        "title": paper["title"],
        "papers": [p | {"show_url": "" if p["erased"] else address(case, p, 1), "shown": p is paper} for p in papers],
        "previous_url": address(case, *leaves[at - 1]) if at else "",
        "next_url": address(case, *leaves[at + 1]) if at + 1 < len(leaves) else "",
    }


def address(case, paper, number) -> str:
    """The case's page with that paper open."""
    return f"/cases/{case.number}/?{urlencode({'paper': paper['uuid'], 'page': number})}#paper"
