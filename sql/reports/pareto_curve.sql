-- One row per point of the Pareto curve, at most 500, the ends of the tiers among them: the share of buyers, largest first, and the
-- share of the positive revenue of known customers they bring. It is the whole business': filters do not move it, cut-offs do.
with
buyers as (
    select count(*) as buyers from customers where is_buyer
),

equals as (
    select max(customer_key) as buyers, cumulative_share as revenue_share
    from customers
    where cumulative_share is not null
    group by cumulative_share
),

placed as (
    select
        *,
        floor(240 * buyers / max(buyers) over ())   as step_across,
        floor(240 * revenue_share)                  as step_up
    from equals
),

chosen as (
    select buyers, revenue_share from placed
    qualify buyers = max(buyers) over (partition by step_across)
        or buyers = max(buyers) over (partition by step_up)
        or buyers in ($top_key, $mid_key)
)

select 0.0 as buyer_share, 0.0 as revenue_share, 0 as buyers, $top_tier as tier, false as is_cut_off
union all
select
    chosen.buyers / buyers.buyers,
    revenue_share,
    chosen.buyers,
    case when chosen.buyers <= $top_key then $top_tier when chosen.buyers <= $mid_key then $mid_tier
        else $last_tier end,
    chosen.buyers in ($top_key, $mid_key)
from chosen
cross join buyers
order by buyers
