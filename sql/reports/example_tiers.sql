-- One row per customer beside a cut-off of the Pareto tiers, two before and two behind each: where the cumulative share passes it.
-- It is the whole business': filters do not move it, cut-offs do.
select
    customer_id,
    coalesce(customer_name, customer_id)    as customer_name,
    revenue_rank,
    monetary,
    cumulative_share,
    case when customer_key <= $top_key then $top_tier when customer_key <= $mid_key then $mid_tier
        else $last_tier end                 as tier
from customers
where is_buyer
    and (customer_key between $top_key - 1 and $top_key + 2 or customer_key between $mid_key - 1 and $mid_key + 2)
order by customer_key
