"""The desk's page of messages that should have arrived."""
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from . import monitor
from .worklist_views import DeskView

WORDS = {  # name -> (what it is, what to do)
    "late": (_("Waiting for too long"), _("The carrier is away or the sender has stopped: tell the system administrator.")),
    "unreceipted": (_("Handed over, and no receipt in time"), _("The next way is tried at the next sweep.")),
    "to_phone": (_("To be phoned"), _("No message reached these people.")),
    "to_post": (_("Letters to post"), _("Neither message nor call reached these people.")),
    "stopped": (_("Not sent: the person has died"), _("Speak with the family; nothing is sent in the name of somebody who has died.")),
    "missing": (_("No message was made at all"), _("A fault of ours: tell the people, and the system administrator.")),
    "refused": (_("Refused by another system"), _("Open the case: what was said stands there.")),
}
PLACES = {"to_phone": "casework:calls", "to_post": "casework:letters"}


class Reached(DeskView):
    """Counts first, then the oldest of each kind."""

    permission = "casework.work"

    def get(self, request):
        found = [(group, *WORDS[group.name], PLACES.get(group.name, "")) for group in monitor.groups(request.user, self.at)]
        quiet = not any(group.count for group, *_rest in found)
        return render(request, "desk/reached.html", {"place": "reached", "at": self.at, "groups": found, "quiet": quiet})
