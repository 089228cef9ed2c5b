-- One row per calendar month of the data: its revenue, whether its last day lies within the data, and whether it is thin:
-- under a fifth of the median of the months before it, up to twelve of them and at least three.
with
summed as (
    select
        dim_date.month,
        cast(coalesce(sum(daily.revenue), 0) as decimal(18, 4))  as revenue,
        max(dim_date.date)                                       as last_day
    from dim_date
    left join (select order_date, sum(revenue) as revenue from orders group by order_date) as daily
        on daily.order_date = dim_date.date
    group by dim_date.month
),

placed as (
    select *, cast(row_number() over (order by month) as bigint) as position from summed
),

compared as (
    select
        placed.month,
        cast(count(before.month) as bigint)              as months_before,
        median(cast(before.revenue as double))           as median_before
    from placed
    left join placed as before
        on before.position between placed.position - 12 and placed.position - 1
    group by placed.month
)

select
    placed.month,
    placed.revenue,
    placed.last_day <= calendar_span.as_of               as is_whole,
    compared.months_before >= 3
        and cast(placed.revenue as double) < 0.2 * compared.median_before  as is_thin
from placed
join compared on compared.month = placed.month
cross join calendar_span
