-- One row per segment, per country and per subcategory: the month in view against the month before, largest move first.
with
moved as (
    select 'segment' as dimension, segment as name, revenue, 0 as revenue_last_month from sales
    union all
    select 'segment', segment, 0, revenue from sales_last_month
    union all
    select 'country', country, revenue, 0 from sales
    union all
    select 'country', country, 0, revenue from sales_last_month
    union all
    select 'subcategory', subcategory, revenue, 0 from lines
    union all
    select 'subcategory', subcategory, 0, revenue from lines_last_month
)

select
    dimension,
    name,
    sum(revenue)                                                            as revenue,
    sum(revenue_last_month)                                                 as revenue_last_month,
    sum(revenue) - sum(revenue_last_month)                                  as difference,
    case when sum(revenue_last_month) > 0
        then (sum(revenue) - sum(revenue_last_month)) / sum(revenue_last_month) end  as growth,
    $month                                                                  as month
from moved
group by dimension, name
order by dimension, abs(difference) desc, name
