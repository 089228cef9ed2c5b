-- One row per order that counts, with every column a filter can pick by, sorted by date.
select
    cast(row_number() over (order by orders.order_date, orders.order_id) as bigint)  as order_key,
    orders.order_id,
    orders.order_date,

    customers.customer_key,
    customers.first_order_date,
    coalesce(customers.segment, 'Buyer not known')              as segment,
    customers.recency_score,
    customers.frequency_score,
    customers.monetary_score,

    coalesce(stg_location.continent, 'Place not known')         as continent,
    coalesce(stg_location.country, 'Place not known')           as country,
    coalesce(stg_location.region, 'Place not known')            as region,
    orders.channel,
    coalesce(reason_set_keys.reason_set_key, 0)                 as reason_set_key,

    orders.is_sale,
    orders.revenue,
    orders.net_sales,
    orders.items,
    orders.costed_sales,
    orders.profit
from orders
left join customers on customers.customer_id = orders.customer_id
left join stg_location on stg_location.location_id = orders.location_id
left join order_reason_sets on order_reason_sets.order_id = orders.order_id
left join (select distinct reason_set, reason_set_key from reason_sets where reason_set_key > 0) as reason_set_keys
    on reason_set_keys.reason_set = order_reason_sets.reason_set
order by orders.order_date, orders.order_id
