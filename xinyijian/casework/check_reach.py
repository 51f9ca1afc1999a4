"""How far a hospital looks people up, at its desk and by its systems: those who are insured in the same county, city or province."""

from xinyijian.people.models import Organisation
from xinyijian.policies import params_for

from .days import day_of

LENGTH = {"county": 6, "city": 4, "province": 2}  # digits of a division code that two places then share


def prefix_of(kind: str, region: str, at) -> str:
    """With what the division codes begin in which an organisation of that kind in `region` may look people up.

    A hospital by policy hospital.check_within, wherever it stands; only an online platform reaches all of its own region.
    """
    if kind == Organisation.Kind.APP:
        return region.removesuffix("00").removesuffix("00")
    return region[: LENGTH[params_for("hospital", region, day_of(at)).check_within]]
