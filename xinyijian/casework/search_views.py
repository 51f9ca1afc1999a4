"""The desk's one box, and what it found: posted, so that no number or name of a person stands in an address."""

from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xinyijian.people import scope

from . import search
from .worklist_views import DeskView, row_of

SALT, KEPT_FOR = "casework.search", 1800  # seconds for which one may turn the page
HOW = {  # how -> (what was looked for, what to do when nothing is found)
    "case": (_("a case by its number"), _("Compare the number sign by sign; its last one tells most slips.")),
    "beginning": (_("cases whose number begins so"), _("Type more of the number, or the whole of it.")),
    "certificate": (
        _("a person by the whole certificate number or phone"), _("Compare every digit: nothing is found by a part of a number.")),
    "phone": (_("a person by the whole phone number"), _("She may have given another phone. Try the certificate number.")),
    "name": (_("people with exactly this name"), _("Type the whole name as it stands on the certificate, or the certificate number.")),
    "": (_("nothing yet"), _("Type at least two signs of a name, or a number.")),
}


class Search(DeskView):
    """A number of a case leads straight to it; everything else to a list, each page of which is on record."""

    def get(self, request):
        return redirect("casework:worklist")

    def post(self, request):
        wish, after = self.further(request.POST["further"]) if "further" in request.POST else (search.read(request.POST.get("q", "")), None)
        found = search.find(wish, by=request.user, at=self.at, after=after)
        if wish.how == "case" and found.cases:
            return redirect(f"/cases/{found.cases[0].number}/")
        context = {
            "place": "worklist",
            "at": self.at,
            "found": found,
            "how": HOW[wish.how],
            "rows": [row_of(docket, request.user, {}, self.at) for docket in found.cases],
            "people": found.people,
            "opens_people": scope.holds_anywhere(request.user, "people.read", self.at),
            "further_people": self.token(wish, "people", found.people_after),
            "further_cases": self.token(wish, "cases", found.cases_after),
            "again": after is not None,
        }
        return render(request, "desk/found.html", context)

    def token(self, wish, what, key):
        """The next page, as only this reader can ask for it: with the digest of what was typed, never with itself."""
        asked = {"how": wish.how, "key": wish.key, "digests": wish.digests, "after": [what, key], "by": self.request.user.pk}
        return signing.dumps(asked, salt=SALT, compress=True) if key else ""

    def further(self, token):
        try:
            asked = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            raise Http404 from None
        if asked["by"] != self.request.user.pk:
            raise Http404
        return search.Wish(asked["how"], asked["key"], tuple(map(tuple, asked["digests"]))), tuple(asked["after"])
