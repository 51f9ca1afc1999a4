"""Cities that one can file for, by province."""
from collections import defaultdict

from django.db.models import Q

from xinyijian.people.models import Region


def cities_away_from(home: str, like: str = "", keep: str = "", *, other_provinces=False) -> list[tuple]:
    """[(province, [(code, city), …]), …] without the home city, or without the home province (S3.25).

    `like` narrows it by a part of a name, `keep` always stays.
    """
    near = home[: 2 if other_provinces else 4]
    cities = Region.objects.filter(level=Region.Level.CITY).exclude(code__startswith=near).select_related("parent")
    if like:
        cities = cities.filter(_named(like) | Q(code=keep))
    groups = defaultdict(list)
    for city in cities.order_by("code"):
        groups[str(city.parent or "")].append((city.code, str(city)))
    return list(groups.items())


def _named(like):
    found = Q()
    for field in ("name", "name_en", "parent__name", "parent__name_en"):
        found |= Q(**{f"{field}__icontains": like})
    return found
