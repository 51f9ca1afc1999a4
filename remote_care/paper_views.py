"""Pages of the filing form that do more than keep answers: the notice, papers, signatures, and the last look before sending."""
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinyijian.casework import scans
from xinyijian.casework.days import day_of
from xinyijian.casework.rules import Refused
from xinyijian.casework.tasks import nudge
from xinyijian.casework.workflow import act
from xinyijian.people.standing import benefits_through

from . import drafts, policy, walk
from .draft_forms import NoticeForm
from .draft_views import DraftView, case_url
from .paper_forms import PapersForm, SignForm
from .papers_asked import asked_of
from .summary import rows_of


class NoticePage(DraftView):
    """S3.10: read first; which text, when and by whom is kept."""

    page = walk.NOTICE

    def get(self, request, number):
        return self.show(self.form())

    def post(self, request, number):
        form = NoticeForm(request.POST)
        if self.filing.notice_read_at or "leave" in request.POST:
            return self.onward()
        if not form.is_valid():
            return self.show(form, status=422)
        drafts.sign(self.filing, "filing_notice", form.cleaned_data["sha256"], by=request.user, at=self.at, how="read")
        return self.onward()

    def form(self):
        return NoticeForm()

    def show(self, form, **more):
        return super().show(form, letter=drafts.letter_of(self.filing, "filing_notice", self.at), **more)


class PapersPage(DraftView):
    """S3.14: what is asked, why, what else will do, what may follow later; given papers stay with a tick."""

    page = walk.PAPERS

    def get(self, request, number):
        return self.show(self.form())

    def post(self, request, number):
        form = self.form(request.POST, request.FILES)
        if "reuse" in request.POST:
            return self.reuse(form, request.POST["reuse"])
        form.is_valid()
        received = form.receive(self.filing, by=request.user, at=self.at)
        if received:
            messages.success(request, _("Received: %(names)s") % {"names": _(", ").join(paper.title for paper in received)})
        return self.answer(form, received)

    def answer(self, form, received):
        """Errors first; then what is still missing, once; then on."""
        asked = self.request.POST
        if "leave" in asked:
            return self.onward()
        form.asked = asked_of(self.filing, by=self.request.user, at=self.at)
        if form.errors:
            return self.show(form, status=422)
        if "send" in asked:
            return redirect(f"{self.request.path}#paper-{asked['send']}" if received else self.request.path)
        unmet = walk.Walk(self.filing, self.at).unmet_on(self.page) if "anyway" not in asked else []
        return self.show(form, unmet=unmet, anyway=True, status=422) if unmet else self.onward()

    def reuse(self, form, code):
        paper = next((paper for paper in form.asked if paper.code == code and paper.earlier), None)
        if paper is None:
            raise Http404
        drafts.reuse(self.filing, paper.earlier, paper.earlier.kind, by=self.request.user, at=self.at)
        return redirect(f"{self.request.path}#paper-{code}")

    def form(self, *data):
        return PapersForm(*data, asked=asked_of(self.filing, by=self.request.user, at=self.at))

    def show(self, form, **more):
        entitlement = benefits_through([self.filing.person_id], day_of(self.at))[self.filing.person_id]
        pile = len(scans.waiting(self.filing.docket_id)) if self.request.user.is_staff else 0
        return super().show(form, entitlement=entitlement, scans=pile, **more)


class SignPage(DraftView):
    """S3.16 and S0.12: the commitment letter and the promise, each signed as it is shown; at the counter on paper."""

    page = walk.SIGN

    def get(self, request, number):
        return self.show(self.form())

    def post(self, request, number):
        form = self.form(request.POST, request.FILES)
        if "leave" in request.POST:
            return self.onward()
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            form.sign(self.filing, by=request.user, at=self.at)
        except ValidationError as wrong:
            form.add_error(None, wrong)
            return self.show(form, status=422)
        return self.onward()

    def form(self, *data):
        return SignForm(*data, letters=self.letters(), on_paper=self.request.user.is_staff)

    def letters(self):
        """What can be signed now and is not signed yet."""
        way = walk.Walk(self.filing, self.at)
        obstacles = self.obstacles(way)
        unsigned = [name for name in self.wanted(way) if not getattr(self.filing, drafts.SIGNED_AT[name]) and not obstacles[name]]
        return [drafts.letter_of(self.filing, name, self.at) for name in unsigned]

    def wanted(self, way):
        """The letters that this filing needs."""
        return ["commitment"] * way.facts.by_commitment + ["promise"] * bool(policy.secondary_missing(way.facts, way.params))

    def obstacles(self, way):
        """{letter: what would still be unmet even if it were signed}."""
        signed = replace(way.facts, commitment_signed=True, promise_signed=True)
        asked = {"commitment": policy.commitment_signed(signed, way.params), "promise": policy.gap_allowed(signed, way.params)}
        found = {name: [] if answer.ok else [answer] for name, answer in asked.items()}
        return found | {"commitment": [*found["commitment"], *self.blanks(way)]}

    def blanks(self, way):
        """Unmet rules that leave a blank in the commitment letter."""
        return [unmet for unmet in way.unmet if unmet.code in ("not_away", "contact_incomplete")] if way.facts.by_commitment else []

    def show(self, form, **more):
        way = walk.Walk(self.filing, self.at)
        wanted, obstacles = self.wanted(way), self.obstacles(way)
        lacks = [(unmet, self.mend(way, unmet).url(self.filing)) for name in wanted for unmet in obstacles[name]]
        names = [name for name in wanted if getattr(self.filing, drafts.SIGNED_AT[name])]
        return super().show(form, lacks=lacks, signed=[drafts.signed_letter(self.filing, name) for name in names], **more)

    def mend(self, way, unmet):
        """Where to mend what signing cannot: the papers for a promise that is not allowed, the day for a stay that is too short."""
        return {"gap_not_allowed": walk.PAPERS, "commitment_lacking": walk.WHERE}.get(unmet.code) or way.page_for(unmet)


class CheckPage(DraftView):
    """All answers with a way to change each, and everything that stands in the way of sending, before it is sent."""

    page = walk.CHECK

    def get(self, request, number):
        return self.show(None)

    def post(self, request, number):
        if "leave" in request.POST:
            return self.onward()
        drafts.save(self.filing, {}, by=request.user, at=self.at)  # what no longer applies is dropped before anybody judges
        try:
            act(self.filing.submit, by=request.user, at=self.at)
        except Refused:
            self.filing.refresh_from_db()
            return self.show(None, status=409) if drafts.is_open(self.filing) else redirect("remote_care:sent", number)
        nudge()
        return redirect("remote_care:sent", number)

    def too_late(self):
        if self.request.method == "POST":
            return redirect("remote_care:sent", self.filing.number)  # the same button twice is no mistake
        return super().too_late()

    def show(self, form, **more):
        way = walk.Walk(self.filing, self.at)
        lacks = [(unmet, page.url(self.filing) if (page := way.page_for(unmet)) else "") for unmet in way.unmet]
        rows = rows_of(self.filing, way, asked_of(self.filing, by=self.request.user, at=self.at))
        return super().show(form, lacks=lacks, rows=rows, case_url=case_url(self.filing), **more)


class LetterPage(DraftView):
    """One letter on a sheet of paper: to be read, kept, or signed with a pen at the counter."""

    def get(self, request, number, name):
        if name not in drafts.SIGNED_AT or (letter := drafts.letter_of(self.filing, name, self.at)) is None:
            raise Http404
        return render(request, "remote_care/draft/letter.html", {"letter": letter, "filing": self.filing})
