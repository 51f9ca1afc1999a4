"""What the law, and therefore a region, says about people's accounts. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

declare(
    "people",
    Parameter("own_account_from", int, unit=_("years"), basis="PIPL-31", text=_("People have an account of their own from the age of"),
              least=0, most=18),
    Parameter("kiosk_idle", int, unit=_("seconds"), basis="S3.33",
              text=_("A self-service machine forgets who stood there after so long without a touch"), least=30, most=600),
)
