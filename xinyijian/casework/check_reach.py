"""How far a hospital looks people up, at its desk and by its systems: those who are insured in the same county, city or province."""

from xinyijian.policies import params_for

from .days import day_of

LENGTH = {"county": 6, "city": 4, "province": 2}  # digits of a division code that two places then share


def prefix_of(region: str, at) -> str:
    """With what the division codes begin in which a hospital of `region` may look people up (policy hospital.check_within)."""
    if region.endswith("0000"):  # an online platform of the whole province
        return region[:2]
    return region[: LENGTH[params_for("hospital", region, day_of(at)).check_within]]
