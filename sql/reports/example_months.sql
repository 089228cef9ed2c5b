-- One row per month: its revenue beside the median of the twelve months before it, and whether it looks incomplete.
select
    month,
    revenue,
    median(cast(revenue as double)) over (order by month rows between 12 preceding and 1 preceding)     as usual_revenue,
    cast(revenue as double) / nullif(usual_revenue, 0)                                                  as usual_share,
    is_whole,
    is_thin
from months
order by month
