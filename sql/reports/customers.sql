-- One row per customer picked: scores and lifetime figures, and what it bought under the filter; without a filter on orders also
-- those who never ordered. Sales whose buyer is not known are one row, so that orders, revenue and profit add up to the headline.
with
sold as (
    select customer_key, {orders}, {revenue}, {profit} from sales group by customer_key
),

recent as (
    select customer_key, sum(revenue) as revenue from sales_twelve_months group by customer_key
)

select
    people.customer_id,
    coalesce(people.customer_name, $buyer_not_known)        as customer_name,
    coalesce(people.segment, $buyer_not_known)              as segment,
    coalesce(people.tier, $buyer_not_known)                 as tier,
    people.recency_days,
    people.frequency,
    people.monetary,
    people.recency_score,
    people.frequency_score,
    people.monetary_score,
    people.cumulative_share,
    people.last_order_date,
    coalesce(sold.orders, 0)                                as orders,
    coalesce(sold.revenue, 0)                               as revenue,
    sold.profit,
    coalesce(recent.revenue, 0)                             as revenue_at_risk
from people
full join sold on sold.customer_key = people.customer_key
left join recent on recent.customer_key = people.customer_key
where sold.orders is not null or $lists_everyone
order by revenue desc, customer_id
