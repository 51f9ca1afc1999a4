"""The desk's page of one person."""

from django.http import Http404
from django.shortcuts import render

from . import person_page
from .worklist_views import DeskView


class PersonPage(DeskView):
    """Every opening is on record; ?state= keeps open or closed cases, ?before= turns their page."""

    permission = person_page.PERMISSION

    def get(self, request, pk):
        person = person_page.find(pk, by=request.user, at=self.at)
        if person is None:
            raise Http404
        state, before = request.GET.get("state", ""), request.GET.get("before", "")
        if state not in ("", *person_page.STATES) or (before and not (before.isascii() and before.isdecimal() and len(before) < 19)):
            raise Http404
        person_page.note_reading(person, by=request.user, at=self.at)
        wish = {"state": state, "before": int(before) if before else None}
        return render(
            request,
            "desk/person.html",
            person_page.for_desk(person, by=request.user, at=self.at, **wish) | {"place": "worklist", "later": bool(before)},
        )
