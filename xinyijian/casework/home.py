"""Where a person begins: what needs her, what she can start, her cases, her messages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xinyijian.people import standing

from . import needs, words
from .business_time import business_now
from .days import day_of, local
from .models import Docket, Notice

SHOWN = 20  # rows of a page
STATES = {"open": {"closed_at": None}, "closed": {"closed_at__isnull": False}}


@login_required
@require_safe
def home(request):
    """Staff begin at their worklist."""
    user, at = request.user, business_now()
    if user.is_staff:
        return redirect("casework:worklist")
    entitlement = standing.benefits_through([user.person_id], day_of(at))[user.person_id] if user.person_id else None
    dockets = list(_cases(user, at)[: SHOWN + 1])
    return render(
        request,
        "home/home.html",
        {
            "tab": "home",
            "entitlement": entitlement,
            "needs": needs.of(user, at),
            "cases": cases_in_words(dockets[:5], user),
            "more": len(dockets) > 5,
            "unread": Notice.objects.filter(recipient=user.person_id, read_at=None).order_by("-pk")[:3],
            "at": at,
            "hour": local(at).hour,
        },
    )


@login_required
@require_safe
def my_cases(request):
    """All cases of herself and of those for whom she acts, newest first; ?state= keeps those under way, or those that are closed."""
    user, at, state = request.user, business_now(), request.GET.get("state", "")
    if user.is_staff:
        return redirect("casework:worklist")
    dockets, following = _page(_cases(user, at).filter(**STATES.get(state, {})), request)
    return render(
        request,
        "home/cases.html",
        {"tab": "cases", "cases": cases_in_words(dockets, user), "next": following, "first": "after" in request.GET,
         "state": state if state in STATES else ""},
    )


@login_required
@require_safe
def my_messages(request):
    """What was sent to her; what is shown here counts as read."""
    at, user = business_now(), request.user
    notices, following = _page(Notice.objects.filter(recipient=user.person_id).select_related("docket").order_by("-pk"), request)
    new = {notice.pk for notice in notices if notice.read_at is None}
    Notice.objects.filter(pk__in=new, read_at=None).update(read_at=at)
    return render(
        request,
        "home/messages.html",
        {"tab": "messages", "notices": notices, "new": new, "next": following, "first": "after" in request.GET},
    )


def cases_in_words(dockets, user) -> list[dict]:
    """What a card of a case says: one query for each kind among them."""
    gists = words.gists(dockets)
    return [
        {
            "gist": gists.get(d.number, ""),
            "url": f"/cases/{d.number}/",
            "number": d.number,
            "title": words.title(d.kind),
            "status": words.status(d.kind, d.status, staff=False),
            "opened_at": d.opened_at,
            "occurred_at": d.occurred_at,
            "due": words.due(d.kind, d.due_name, staff=False),
            "due_at": d.due_at,
            "whose": d.person.masked_name if d.person_id != user.person_id else "",
        }
        for d in dockets
    ]


def _cases(user, at):
    return Docket.objects.visible_to(user, at).select_related("person").only(*needs.LISTED).order_by("-pk")


def _page(rows, request):
    """Rows before the key in ?after=, and the key of the next page."""
    after = request.GET.get("after", "")
    if after and not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise Http404
    found = list((rows.filter(pk__lt=int(after)) if after else rows)[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None
