"""The table of rules as the portal shows it: on the business day, the reader's own region first."""
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.people import scope


def today():
    """The day that counts for cases; a demo may have moved it."""
    return day_of(business_now())


def home_of(request) -> str:
    """Where she is insured, or where her post is; "" for whoever is not signed in."""
    user = request.user
    if not user.is_authenticated:
        return ""
    return user.person.region_id if user.person_id else scope.home_of(user, business_now())
