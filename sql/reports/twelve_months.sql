-- One row per span, the last twelve months and the twelve before, whatever the period: what the cards compare.
select 'Last 12 months' as span, {revenue}, {net_sales}, {orders}, {buyers}, {items}, {profit}, {average_transaction_value},
    sum(revenue) / nullif({count_buyers}, 0) as revenue_per_buyer,
    coalesce(sum(revenue) filter (where segment in $at_risk), 0) as revenue_at_risk
from sales_twelve_months
union all
select '12 months before', {revenue}, {net_sales}, {orders}, {buyers}, {items}, {profit}, {average_transaction_value},
    sum(revenue) / nullif({count_buyers}, 0),
    coalesce(sum(revenue) filter (where segment in $at_risk), 0)
from sales_twelve_months_before
