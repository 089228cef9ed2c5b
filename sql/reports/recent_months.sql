-- One row per month of the last 24, whatever the period: what the sparklines draw.
with
recent as (
    select month, is_thin, is_whole from months order by month desc limit 24
),

sold as (
    select cast(date_trunc('month', order_date) as date) as month,
        {revenue}, {orders}, {buyers}, {items}, {profit}, {average_transaction_value},
        sum(revenue) / nullif({count_buyers}, 0) as revenue_per_buyer,
        sum(revenue) filter (where segment in $at_risk)        as revenue_at_risk
    from sales_always
    group by cast(date_trunc('month', order_date) as date)
)

select
    recent.month,
    coalesce(revenue, 0)          as revenue,
    coalesce(orders, 0)           as orders,
    coalesce(buyers, 0)           as buyers,
    coalesce(items, 0)            as items,
    profit,
    average_transaction_value,
    revenue_per_buyer,
    coalesce(revenue_at_risk, 0)  as revenue_at_risk,
    is_thin,
    is_whole
from recent
left join sold on sold.month = recent.month
order by recent.month
