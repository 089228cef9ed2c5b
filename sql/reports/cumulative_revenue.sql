-- One row per day of the period to the as-of date: sums since its start, and of the same span last year to the same day.
with
this_year as (
    select order_date as date, sum(revenue) as revenue, sum(profit) as profit from sales group by order_date
),

last_year as (
    select cast(order_date + interval 1 year as date) as date, sum(revenue) as revenue, sum(profit) as profit
    from sales_last_year
    group by cast(order_date + interval 1 year as date)
),

days as (
    select dim_date.date
    from dim_date
    join period on dim_date.date between period.first_day and period.last_day
)

select
    days.date,
    sum(coalesce(this_year.revenue, 0)) over (order by days.date)      as revenue_to_date,
    sum(coalesce(last_year.revenue, 0)) over (order by days.date)      as revenue_to_date_last_year,
    sum(this_year.profit) over (order by days.date)                    as profit_to_date,
    sum(last_year.profit) over (order by days.date)                    as profit_to_date_last_year
from days
left join this_year on this_year.date = days.date
left join last_year on last_year.date = days.date
order by days.date
