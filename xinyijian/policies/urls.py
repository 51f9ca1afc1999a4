from django.urls import path

from .views import table


def rules(today, home):
    """What `include` takes; see `views.table`."""
    return [path("", table(today, home), name="policies")], "policies"
