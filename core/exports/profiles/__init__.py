"""Exports that are known by their tables and columns: each module has NAME and `recognise(tables) -> Plan | None`."""

from core.exports.plan import Plan, RawTable
from core.exports.profiles import (
    adventureworks,
    amazon,
    cdnow,
    contract,
    northwind,
    olist,
    online_retail,
    paypal,
    shopify,
    superstore,
    woocommerce,
)
from core.star import Refused

_MODULES = (
    adventureworks,
    contract,
    shopify,
    woocommerce,
    amazon,
    paypal,
    online_retail,
    superstore,
    olist,
    northwind,
    cdnow,
)
PROFILES = {module.NAME: module for module in _MODULES}


def recognise(tables: list[RawTable], profile: str | None = None) -> Plan | None:
    """The plan of the first profile that knows these tables, or of the one that was named.

    Raises Refused for an unknown profile's name, or where the named profile lacks a table or column.
    """
    if profile is None:
        plans = (module.recognise(tables) for module in PROFILES.values())
        return next((plan for plan in plans if plan), None)
    if profile not in PROFILES:
        raise Refused(f"There is no profile {profile!r}; choose one of {', '.join(sorted(PROFILES))}.")
    plan = PROFILES[profile].recognise(tables)
    if plan is None:
        raise Refused(f"The export is no {profile}: {PROFILES[profile].missing(tables)}.")
    return plan
