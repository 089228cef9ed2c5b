-- One row per Pareto tier.
select
    tier,
    {buyers},
    {buyer_share},
    {revenue},
    {revenue_share},
    {net_sales},
    {profit},
    {profit_share},
    {margin},
    {orders},
    {average_transaction_value},
    {items}
from sales
group by tier
order by list_position($tier_rows, tier)
