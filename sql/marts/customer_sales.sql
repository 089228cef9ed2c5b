-- One row per known buyer: what recency, frequency and monetary are computed from.
select
    customer_id,
    min(order_date)                                            as first_order_date,
    max(case when is_sale then order_date end)                 as last_order_date,
    cast(count(case when is_sale then 1 end) as bigint)        as order_count,
    cast(sum(revenue) as decimal(18, 4))                       as revenue      -- returns taken off
from orders
where customer_id is not null
group by customer_id
