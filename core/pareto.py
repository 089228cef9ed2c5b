"""Pareto tiers: customers by all-time revenue, cut where the cumulative share passes the cut-offs.

The cumulative share of a customer includes the customer and all its equals, of the positive revenue of known
customers: who passes a cut-off is in the lower tier. Profit plays no part.
"""

from dataclasses import dataclass

from core import playbook
from core.rfm import BUYER_NOT_KNOWN, NEVER_ORDERED


def tier_names() -> tuple[str, ...]:
    """The three tiers, largest customers first."""
    return tuple(tier.name for tier in playbook.tiers())


def row_names() -> tuple[str, ...]:
    """Every row a breakdown by tier can have, in reading order."""
    return (*tier_names(), NEVER_ORDERED, BUYER_NOT_KNOWN)


@dataclass(frozen=True)
class CutOffs:
    """The cumulative revenue shares (0-1) at which Top and Mid Range Clients end."""

    top: float
    mid: float


def default_cut_offs() -> CutOffs:
    """The cut-offs of core/playbook/tiers.toml."""
    top, mid, _ = playbook.tiers()
    return CutOffs(top.up_to, mid.up_to)


# Customers are keyed by falling revenue, so a tier at any cut-offs is a range of keys.
# The last customer_key of Top and of Mid Range Clients; the largest customer with its equals is always Top.
LAST_KEYS = """
select
    coalesce(max(customer_key) filter (where revenue_rank = 1 or cumulative_share <= $top_cut), 0) as top_key,
    coalesce(max(customer_key) filter (where revenue_rank = 1 or cumulative_share <= $mid_cut), 0) as mid_key
from customers
where monetary > 0
"""
