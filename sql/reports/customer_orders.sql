-- One row per order under the filter, the latest first; where the filter picks lines, with what they come to.
with
sold as (
    select
        order_key,
        any_value(customer_key)                                             as customer_key,
        any_value(order_id)                                                 as order_id,
        any_value(order_date)                                               as order_date,
        any_value(channel)                                                  as channel,
        any_value(country)                                                  as country,
        any_value(region)                                                   as region,
        any_value(reason_set_key)                                           as reason_set_key,
        {revenue},
        {items},
        {profit}
    from sales
    group by order_key
),

reasons as (
    select reason_set_key, string_agg(reason, ', ' order by reason) as reasons from reason_sets group by reason_set_key
)

select
    sold.order_date,
    sold.order_id,
    sold.revenue,
    sold.items,
    sold.profit,
    sold.country,
    sold.region,
    sold.channel,
    reasons.reasons
from sold
left join reasons using (reason_set_key)
order by sold.order_date desc, sold.order_key desc
