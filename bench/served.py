"""The portal's settings, with one bare view beside its addresses: the anchor of the eligibility bench."""

from xinyijian.settings import *

ROOT_URLCONF = "bench.addresses"
