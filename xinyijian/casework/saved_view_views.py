"""Keeping, naming, pinning, sharing and deleting one's views of the worklist."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import saved_views, worklist
from .filter_forms import FilterForm
from .models import SavedView
from .rules import Refused
from .worklist_views import DeskView


class SavedViews(DeskView):
    """The list of one's own views; a new one is sent here from the worklist."""

    permission = "casework.read"

    def get(self, request):
        return self.show()

    def post(self, request):
        deed = request.POST.get("deed", "")
        if deed not in ("keep", "change", "delete"):
            raise Http404
        try:
            return getattr(self, deed)(request)
        except Refused as no:
            return self.show(unmet=no.unmet, status=409)

    def keep(self, request):
        form = FilterForm(request.POST, queues=worklist.queues_of(request.user, self.at), deputy=True)
        if not form.is_valid():
            raise Http404
        made = saved_views.keep(request.user, request.POST.get("name", ""), form.filter, **self.ticked(), at=self.at)
        messages.success(request, _("Kept as “%(name)s”") % {"name": made.name})
        return redirect(f"/desk/?saved={made.pk}")

    def change(self, request):
        saved_views.change(self.own(), name=request.POST.get("name", ""), **self.ticked(), at=self.at)
        messages.success(request, _("Noted"))
        return redirect("casework:views")

    def delete(self, request):
        self.own().delete()
        messages.success(request, _("Deleted"))
        return redirect("casework:views")

    def ticked(self):
        return {name: name in self.request.POST for name in ("pinned", "shared")}

    def own(self):
        """One of hers; what a colleague shares is hers to use, not to change."""
        key = self.request.POST.get("view", "")
        rows = SavedView.objects.filter(owner=self.request.user).select_related("owner")
        found = rows.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
        if found is None:
            raise Http404
        return found

    def show(self, unmet=(), status=200):
        user = self.request.user
        found = saved_views.of(user, self.at)
        context = {
            "place": "worklist",
            "at": self.at,
            "own": [view for view in found if view.owner_id == user.pk],
            "others": [view for view in found if view.owner_id != user.pk],
            "may_share": saved_views.may_share(user, self.at),
            "unmet": unmet,
            "typed": self.request.POST,
        }
        return render(self.request, "desk/views.html", context, status=status)
