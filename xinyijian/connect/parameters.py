"""What a region decides about keys of connected systems. Values: fixtures/policies/<region>.yaml."""

from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

declare(
    "connect",
    Parameter(
        "overlap_hours",
        int,
        unit=_("hours"),
        basis="S0.7",
        text=_("After a new secret is made the old one stays good for"),
        least=0,
        most=720,
    ),
    Parameter(
        "keys_each", int, unit=_("keys"), basis="S0.7", text=_("Keys that an organisation may have at the same time"), least=1, most=100
    ),
)
