"""The desk's list of people whom no message reached: somebody telephones and notes what was said."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import calls
from .worklist_views import DeskView


class Calls(DeskView):
    """The list; a number is shown in full by a press, one at a time."""

    permission = "casework.work"

    def get(self, request):
        return self.show()

    def post(self, request):
        call = calls.find(request.POST.get("notice", ""), by=request.user, at=self.at)
        if request.POST.get("deed") == "number":
            return self.show(shown=call.pk, phone=calls.number_of(call, by=request.user, at=self.at))
        if note := request.POST.get("note", "").strip():
            calls.note(call, reached=request.POST.get("deed") == "reached", text=note, by=request.user, at=self.at)
            messages.success(request, _("Noted"))
        else:
            messages.error(request, _("Please note what was said"))
        return redirect("casework:calls")

    def show(self, **more):
        found = calls.waiting(self.request.user, self.at)
        user, at = self.request.user, self.at
        dial, work = ({notice.pk for notice in found if may(notice, user, at)} for may in (calls.may_dial, calls.may_note))
        return render(self.request, "desk/calls.html", {"place": "calls", "at": at, "calls": found, "dial": dial, "work": work, **more})
