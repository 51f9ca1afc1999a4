"""The desk's print list: letters to be posted, the posting, and what came back."""
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import posting
from .models import Letter, Notice
from .worklist_views import DeskView

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


class Letters(DeskView):
    """What is to be printed and posted, and what was."""

    permission = "casework.work"

    def get(self, request):
        found, posted = posting.waiting(request.user, self.at), posting.posted(request.user, self.at)
        work = {notice.pk for notice in (*found, *posted) if posting.calls.may_note(notice, request.user, self.at)}
        prints = {notice.pk for notice in found if posting.calls.may_dial(notice, request.user, self.at)}
        context = {"place": "letters", "at": self.at, "letters": found, "posted": posted, "work": work, "prints": prints}
        context["enclosed"] = dict(Letter.objects.filter(event__in=[notice.event_id for notice in found]).values_list("event", "uuid"))
        return render(request, "desk/letters.html", context)

    def post(self, request):
        back = request.POST.get("deed") == "came_back"
        state = Notice.State.POSTED if back else Notice.State.LETTER
        notice = posting.find(request.POST.get("notice", ""), by=request.user, at=self.at, state=state)
        if back:
            posting.came_back(notice, by=request.user, at=self.at)
        else:
            posting.post(notice, number=request.POST.get("number", "").strip(), by=request.user, at=self.at)
        messages.success(request, _("Noted"))
        return redirect("casework:letters")


class OneLetter(DeskView):
    """The letter as PDF."""

    def get(self, request, pk):
        notice = posting.find(str(pk), by=request.user, at=self.at)
        pdf = posting.letter_of(notice, by=request.user, at=self.at)
        return HttpResponse(pdf, content_type="application/pdf", headers=PRIVATE | {"Content-Disposition": 'inline; filename="letter.pdf"'})
