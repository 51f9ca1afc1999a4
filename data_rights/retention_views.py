"""The public table of how long what is kept."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinyijian.people.retention import CLASSES, SERVICE
from xinyijian.policies.forms import PlaceForm
from xinyijian.policies.models import Grade
from xinyijian.policies.params import params_for
from xinyijian.policies.table import KINDS
from xinyijian.rules_views import home_of, today


@require_safe
def retention(request):
    """For a region on a day; public, because nothing here is about anybody."""
    form = PlaceForm(request.GET, today=today(), home=home_of(request))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = rows_for(asked["region"], asked["on"]) if asked.get("region") else []
    return render(request, "data_rights/retention.html", {"form": form, "rows": rows, "tab": "me"})


def rows_for(region, on) -> list[dict]:
    """One row for each class of data: what, from when, how long, on what basis and how sure."""
    try:
        params = params_for(SERVICE, region, on)
    except LookupError:
        return []
    return [_row(one, params) for one in CLASSES.values()]


def _row(one, params):
    source = params.source(one.parameter)
    return {"one": one, "days": getattr(params, one.parameter), "source": source, "kind": KINDS[source.grade],
            "grade": Grade(source.grade).label}
