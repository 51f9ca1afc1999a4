"""A pile of scans for a filing at the counter: everything in one go, each file with its own verdict, then sorted in one form."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xinyijian.casework import scans

from . import drafts, walk
from .draft_views import DraftView
from .papers import name_of, names_of
from .papers_asked import asked_of
from .scan_forms import ScansForm, SortForm


class ScansPage(DraftView):
    """For whoever stands at a counter; at home one gives paper by paper."""

    page, slug = walk.PAPERS, "scans"

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, number):
        return self.show(ScansForm())

    def post(self, request, number):
        if "sort" in request.POST:
            return self.sort()
        form = ScansForm(request.POST, {"files": request.FILES.getlist("files")})
        if not form.is_valid():
            return self.show(form, status=422)
        verdicts = scans.take(form.cleaned_data["files"], self.filing.docket_id, self.attach)
        said = [(one, name_of(one.known_as)) for one in verdicts]
        return self.show(ScansForm(), verdicts=said, status=200 if any(one.document for one in verdicts) else 422)

    def attach(self, file):
        return drafts.attach(self.filing, scans.UNSORTED, file, by=self.request.user, at=self.at)

    def sort(self):
        """What was chosen goes to its place; the rest waits on."""
        form = self.sorting(self.request.POST)
        if not form.is_valid():
            return self.show(ScansForm(), sorting=form, status=422)
        chosen = form.chosen()
        for scan, code in chosen:
            drafts.reuse(self.filing, scan, code, by=self.request.user, at=self.at)
        if chosen:
            messages.success(self.request, _("Put in place: %(names)s") % {"names": names_of(code for _scan, code in chosen)})
        left = scans.waiting(self.filing.docket_id)
        return redirect(self.request.path if left else reverse("remote_care:papers", args=[self.filing.number]))

    def sorting(self, *data):
        asked = asked_of(self.filing, by=self.request.user, at=self.at)
        return SortForm(*data, waiting=scans.waiting(self.filing.docket_id), asked=asked)

    def refused(self, no):
        self.form = ScansForm
        return super().refused(no)

    def show(self, form, *, sorting=None, **more):
        return super().show(form, sorting=sorting or self.sorting(), **more)
