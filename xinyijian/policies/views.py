from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .calendar import calendar
from .checks import warnings
from .forms import PlaceForm
from .table import rows_in_force


@require_safe
def policies(request):
    """What is in force in a region on a day, with grade and source; public, because nothing here is about anybody."""
    form = PlaceForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    places = form.fields["region"].choices
    region = asked.get("region") or next((code for code, _title in places), "")
    on = asked.get("on") or timezone.localdate()
    if not form.errors:
        form = PlaceForm(initial={"region": region, "on": on})
    context = {"form": form, "on": on, "title": dict(places).get(region, ""), "calendar": calendar(), "warnings": warnings(on),
               "services": rows_in_force(region, on)}
    return render(request, "policies/policies.html", context)
