"""The page on which a person sees everything that she still owes."""
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from . import owed
from .business_time import business_now


@login_required
@require_safe
def page(request):
    """Hers and of those for whom she acts; staff have their worklist."""
    if request.user.is_staff:
        return redirect("casework:worklist")
    at = business_now()
    return render(request, "home/owed.html", {"tab": "home", "at": at, "now": at, **owed.of(request.user, at)})
