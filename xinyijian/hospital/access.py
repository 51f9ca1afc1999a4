"""Who works at which hospital's desk. Everything here is bounded by posts; hospital A does not exist for hospital B."""
from xinyijian.people import scope
from xinyijian.people.models import Organisation

DESK, CHECK, SHEETS = "hospital.desk", "hospital.check", "hospital.sheets"
CHOSEN = "hospital_desk"  # in the session: which of her hospitals she works for just now


def hospitals_of(user, at) -> list[Organisation]:
    """The hospitals at which she has a post, by code; a superuser has none and works at the bureau."""
    ids = scope.organisations_of(user, DESK, at)
    return list(Organisation.objects.filter(pk__in=ids, kind=Organisation.Kind.HOSPITAL).select_related("region").order_by("code"))
