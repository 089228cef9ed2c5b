-- One row per customer picked: its lifetime figures up to the as-of date, whatever the filter on orders, its place among all buyers,
-- and its rhythm: the median of days between its days with an order, where it has at least three such days.
with
days as (
    select distinct customer_key, order_date
    from sales_orders
    where is_sale and customer_key in (select customer_key from people)
),

gaps as (
    select
        customer_key,
        datediff('day', lag(order_date) over (partition by customer_key order by order_date), order_date) as gap_days
    from days
),

rhythms as (
    select
        customer_key,
        count(*)                                                    as order_days,
        case when count(*) >= 3 then median(gap_days) end           as median_gap_days
    from gaps
    group by customer_key
),

sold as (
    select
        customer_key,
        sum(revenue) filter (where order_date > cast(cast($as_of as date) - interval 12 month as date)) as revenue_twelve_months,
        count(*) filter (where revenue < 0)                                                             as refunds,
        coalesce(sum(revenue) filter (where revenue < 0), 0)                                            as refunded
    from sales_orders
    where customer_key in (select customer_key from people)
    group by customer_key
)

select
    people.customer_id,
    people.customer_name,
    people.customer_type,
    people.segment,
    people.tier,
    people.first_order_date,
    people.last_order_date,
    people.recency_days,
    people.frequency,
    people.monetary,
    people.recency_score,
    people.frequency_score,
    people.monetary_score,
    people.revenue_rank,
    people.cumulative_share,
    (select count(*) from customers where is_buyer)                                                     as all_buyers,
    coalesce(sold.revenue_twelve_months, 0)                                                             as revenue_at_risk,
    coalesce(sold.refunds, 0)                                                                           as refunds,
    coalesce(sold.refunded, 0)                                                                          as refunded,
    coalesce(rhythms.order_days, 0)                                                                     as order_days,
    rhythms.median_gap_days,
    people.last_order_date + cast(floor(rhythms.median_gap_days + 0.5) as integer)                      as next_order_date
from people
left join sold using (customer_key)
left join rhythms using (customer_key)
order by people.customer_key
