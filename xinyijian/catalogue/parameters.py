"""What a region decides about the catalogue. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

from .book import names


def declare_all():
    """Which of the thirteen a region offers at all; what is switched off here is said to be so on the page."""
    declare("catalogue", Parameter("offered", list, basis="S0.11", text=_("Services of the programme that are offered"), choices=names()))
