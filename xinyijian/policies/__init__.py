"""Every number that a government may change: declared by the service, valued by region and day, with its source.

    declare("remote_care", Parameter("max_cities", int, unit=_("cities"), basis="S3.19", text=_("…")))
    params_for("remote_care", region_code, on).max_cities
"""
from .parameters import Parameter, declare
from .params import Params, Source, forget, params_for, refresh, values_anywhere

__all__ = ["Parameter", "Params", "Source", "declare", "forget", "params_for", "refresh", "values_anywhere"]
