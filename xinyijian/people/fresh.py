"""What may not be done by whoever finds a signed-in phone lying about: she proves once more who she is, and comes back."""
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from . import sign_in


def ask_again(request, back: str):
    """None when she signed in a moment ago; else the way to the door, which leads back to that page."""
    if sign_in.is_fresh(request):
        return None
    messages.info(request, _("For your safety, please sign in once more; then you come back to this page."))
    door = "people:password" if request.user.is_staff else "people:sign_in"
    return redirect(f"{reverse(door)}?{urlencode({'next': back}, safe='/')}")
