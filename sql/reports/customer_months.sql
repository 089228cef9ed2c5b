-- One row per month of the period, from the first of the data to the as-of date's, those without an order among them.
with
sold as (
    select cast(date_trunc('month', order_date) as date) as month, {revenue}, {orders}
    from sales
    group by cast(date_trunc('month', order_date) as date)
)

select
    months.month,
    coalesce(sold.revenue, 0)   as revenue,
    coalesce(sold.orders, 0)    as orders
from months
left join sold on sold.month = months.month
where exists (
    select 1 from period where period.first_day <= last_day(months.month) and months.month <= period.last_day
)
order by months.month
