from django.shortcuts import render
from django.views.decorators.http import require_safe

from .checks import warnings
from .forms import PlaceForm
from .table import rows_in_force


def table(today, home):
    """The page of the rules; the edge says what day it is (`today()`) and which region is the reader's (`home(request)`, "" for none)."""
    return require_safe(lambda request: policies(request, today(), home(request)))


def policies(request, today, home):
    """What is in force in a region on a day, with grade and source; public, because nothing here is about anybody."""
    form = PlaceForm(request.GET, today=today, home=home)
    asked = form.cleaned_data if form.is_valid() else {}
    region, on = asked.get("region", ""), asked.get("on", today)
    title = dict(form.fields["region"].choices).get(region, "")
    return render(request, "policies/policies.html", {
        "form": form, "title": title, "warnings": warnings(on), "services": rows_in_force(region, on) if region else {}})
