-- One row per segment: how large, what it is worth, where, what and why it buys most; revenue at risk is its own last 12 months.
with
counted as (
    select segment, count(*) as customers, avg(recency_days) as avg_recency_days from people group by segment
),

sold as (
    select segment, {revenue}, {revenue_share}, {buyers}, {orders} from sales group by segment
),

recent as (
    select segment, sum(revenue) as revenue from sales_twelve_months group by segment
),

top_country as (
    select segment, country, {revenue} from sales group by segment, country
    qualify row_number() over (partition by segment order by sum(revenue) desc, country) = 1
),

top_subcategory as (
    select segment, subcategory, {revenue} from lines group by segment, subcategory
    qualify row_number() over (partition by segment order by sum(revenue) desc, subcategory) = 1
),

top_reason as (
    select segment, reason, sum(orders) as orders
    from (select segment, reason_set_key, {orders} from sales where reason_set_key > 0 group by segment, reason_set_key) as by_set
    join reason_sets using (reason_set_key)
    group by segment, reason
    qualify row_number() over (partition by segment order by sum(orders) desc, reason) = 1
)

select
    segment,
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
left join sold using (segment)
left join recent using (segment)
left join top_country using (segment)
left join top_subcategory using (segment)
left join top_reason using (segment)
order by list_position($segment_rows, segment)
