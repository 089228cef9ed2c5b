-- One row per known buyer: its place on the Pareto curve. Equal customers share a rank and a cumulative share.
with
summed as (
    select
        customer_id,
        revenue,
        cast(rank() over (order by revenue desc) as bigint)                                       as revenue_rank,
        sum(revenue) over (order by revenue desc range between unbounded preceding and current row)  as cumulative_revenue,
        sum(case when revenue > 0 then revenue else 0 end) over ()                                as positive_revenue
    from customer_sales
)

select
    customer_id,
    revenue,
    revenue_rank,
    cumulative_revenue,
    case
        when revenue > 0
            then cast(cumulative_revenue * 10000 as double) / cast(nullif(positive_revenue, 0) * 10000 as double)
    end                                                                                           as cumulative_share
from summed
