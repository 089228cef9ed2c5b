-- One row per month of the period, as far as the data goes, against the same days of the same month last year.
with
moved as (
    select cast(date_trunc('month', order_date) as date) as month, revenue, profit, costed_sales,
        0 as revenue_last_year, null as profit_last_year
    from sales
    union all
    select cast(date_trunc('month', order_date + interval 1 year) as date), 0, null, null, revenue, profit
    from sales_months_last_year
),

summed as (
    select
        month,
        sum(revenue)                                                    as revenue,
        sum(revenue_last_year)                                          as revenue_last_year,
        sum(profit)                                                     as profit,
        sum(profit_last_year)                                           as profit_last_year,
        sum(profit) / nullif(sum(costed_sales), 0)                      as margin
    from moved
    group by month
),

picked as (
    select distinct months.month, months.is_thin, months.is_whole
    from months
    join period on months.month <= period.last_day and last_day(months.month) >= period.first_day
)

select
    picked.month,
    coalesce(revenue, 0)                                                as revenue,
    coalesce(revenue_last_year, 0)                                      as revenue_last_year,
    coalesce(revenue, 0) - coalesce(revenue_last_year, 0)               as difference,
    case when revenue_last_year > 0 then (revenue - revenue_last_year) / revenue_last_year end  as growth,
    profit,
    profit_last_year,
    margin,
    is_thin,
    is_whole
from picked
left join summed on summed.month = picked.month
order by picked.month
