"""The desk's page on which a masked value is shown in full: once, for a reason, on record."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from xinyijian.people import scope, unmasking

from . import pages, words
from .unmask_forms import UnmaskForm
from .worklist_views import DeskView


@method_decorator(never_cache, "dispatch")
class Unmask(DeskView):
    """?number=<case> or ?person=<key>; the value stands on the answer to the form alone and is gone with the next page."""

    def get(self, request):
        self.find(request.GET)
        return self.show(UnmaskForm(values=self.values))

    def post(self, request):
        self.find(request.POST)
        form = UnmaskForm(request.POST, values=self.values)
        if not form.is_valid():
            return self.show(form, status=422)
        return self.show(None, shown=self.unmask(**form.cleaned_data))

    def find(self, asked):
        """The case or the person, if the reader may see it; 404 otherwise, and 403 without the right to see values in full."""
        self.number, self.case = asked.get("number", ""), None
        if self.number:
            self.case = pages.find_case(self.number, by=self.request.user, at=self.at)
            self.person, self.region, organisation = self.case.person, self.case.region_id, self.case.organisation_id
        else:
            self.person = self.find_person(asked.get("person", ""))
            self.region, organisation = self.person.region_id, None
        self.organisation_id = organisation
        if not unmasking.may_unmask(self.request.user, self.region, organisation, self.at):
            raise PermissionDenied(unmasking.PERMISSION)
        self.values = values_of(self.person, self.case)

    def find_person(self, key):
        found = scope.reachable_by(self.request.user, self.at).filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if found is None:
            raise Http404
        return found

    def unmask(self, what, reason, because):
        word, value = self.values[what]
        place = {"region": self.region, "organisation_id": self.organisation_id, "about": self.number}
        by = {"by": self.request.user, "at": self.at, "reason": reason, "text": because}
        return word, unmasking.unmask(self.person, value, what=what, **by, **place)

    def show(self, form, shown=None, status=200):
        context = {"form": form, "shown": shown, "person": self.person, "number": self.number, "place": "worklist", "at": self.at}
        return render(self.request, "desk/unmask.html", context, status=status)


def values_of(person, case) -> dict:
    """{code: (word, value)} of everything that is masked on the page: the person's own, and what the service keeps for the case."""
    found = {code: (word, getattr(person, code)) for code, word in unmasking.FIELDS.items()}
    private = getattr(words.of_service(case.docket.kind), "private", None) if case else None
    return found | (private(case) if private else {})
