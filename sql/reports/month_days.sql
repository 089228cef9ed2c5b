-- One row per day number of the longer of the month in view and the month before, so that the last row equals the cards.
-- A day that the month does not have, or that the data has not reached, has no revenue; sums to date carry on.
with
numbers as (
    select unnest(generate_series(1, greatest(day(last_day($month)), day(last_day($last_month))))) as day
),

this_month as (
    select day(order_date) as day, sum(revenue) as revenue from sales group by day(order_date)
),

before as (
    select day(order_date) as day, sum(revenue) as revenue from sales_last_month group by day(order_date)
)

select
    cast(numbers.day as integer)                                                                as day,
    case when numbers.day <= day(last_day($month)) then cast($month + cast(numbers.day - 1 as integer) as date) end  as date,
    case when $month + cast(numbers.day - 1 as integer) <= least($as_of, last_day($month)) then coalesce(this_month.revenue, 0) end
                                                                                                as revenue,
    case when numbers.day <= day(last_day($last_month)) and (numbers.day <= day($as_of) or last_day($month) <= $as_of)
        then coalesce(before.revenue, 0) end                                                    as revenue_last_month,
    sum(coalesce(this_month.revenue, 0)) over (order by numbers.day)                            as revenue_month_to_date,
    sum(coalesce(before.revenue, 0)) over (order by numbers.day)                                as revenue_month_to_date_last_month
from numbers
left join this_month on this_month.day = numbers.day
left join before on before.day = numbers.day
order by numbers.day
