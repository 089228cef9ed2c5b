-- One row per tier: how large, what it is worth, where, what and why it buys most; revenue at risk is the last 12 months' revenue
-- of its customers in At Risk and Cannot Lose Them.
with
counted as (
    select tier, count(*) as customers, avg(recency_days) as avg_recency_days from people group by tier
),

sold as (
    select tier, {revenue}, {revenue_share}, {buyers}, {orders} from sales group by tier
),

recent as (
    select tier, sum(revenue) as revenue from sales_twelve_months where segment in $at_risk group by tier
),

top_country as (
    select tier, country, {revenue} from sales group by tier, country
    qualify row_number() over (partition by tier order by sum(revenue) desc, country) = 1
),

top_subcategory as (
    select tier, subcategory, {revenue} from lines group by tier, subcategory
    qualify row_number() over (partition by tier order by sum(revenue) desc, subcategory) = 1
),

top_reason as (
    select tier, reason, sum(orders) as orders
    from (select tier, reason_set_key, {orders} from sales where reason_set_key > 0 group by tier, reason_set_key) as by_set
    join reason_sets using (reason_set_key)
    group by tier, reason
    qualify row_number() over (partition by tier order by sum(orders) desc, reason) = 1
)

select
    tier,
    customers,
    coalesce(sold.buyers, 0)            as buyers,
    coalesce(sold.orders, 0)            as orders,
    coalesce(sold.revenue, 0)           as revenue,
    coalesce(sold.revenue_share, 0)     as revenue_share,
    coalesce(recent.revenue, 0)         as revenue_at_risk,
    avg_recency_days,
    top_country.country                 as top_country,
    top_subcategory.subcategory         as top_subcategory,
    top_reason.reason                   as top_reason
from counted
left join sold using (tier)
left join recent using (tier)
left join top_country using (tier)
left join top_subcategory using (tier)
left join top_reason using (tier)
order by list_position($tier_rows, tier)
