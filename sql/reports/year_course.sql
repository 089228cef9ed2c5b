-- One row per day of the year that holds the period's last day, from the data's first month on: revenue since the year's start as
-- far as the data goes, beside last year's to the same day, which runs on to its end.
with
this_year as (
    select order_date as date, sum(revenue) as revenue from sales group by order_date
),

last_year as (
    select order_date as date, sum(sum(revenue)) over (order by order_date) as revenue_to_date
    from sales_whole_last_year
    group by order_date
),

days as (
    select cast(unnest(generate_series(
        greatest($year_first_day, (select min(date) from dim_date)), $year_last_day, interval 1 day
    )) as date) as date
),

dated as (
    select
        date,
        case when date = $year_last_day then $year_first_day - 1 else cast(date - interval 1 year as date) end  as same_day
    from days
)

select
    dated.date,
    case when dated.date <= $as_of then sum(coalesce(this_year.revenue, 0)) over (order by dated.date) end     as revenue_to_date,
    coalesce(last_year.revenue_to_date, 0)                                          as revenue_to_date_last_year
from dated
left join this_year on this_year.date = dated.date
asof left join last_year on last_year.date <= dated.same_day
order by dated.date
