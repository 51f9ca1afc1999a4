"""Opening a closed account again at the counter, all or nothing: the case, its step, the consent on paper, the notice."""

from django.db import transaction

from xinyijian.casework.opening import start
from xinyijian.casework.workflow import act

from .models import Reopening


@transaction.atomic
def open_account_again(person, *, by, at, key=None, **inputs) -> Reopening:
    """The case, done; Refused with every reason leaves nothing behind. The caller has seen the certificate; `inputs` are the step's."""
    case = start(Reopening, person=person, by=by, at=at, key=key)
    return case if case.is_closed else act(case.open_again, by=by, at=at, **inputs)
