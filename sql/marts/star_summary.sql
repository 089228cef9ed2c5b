-- One row: what the data holds, so that pages name what is missing, and what stays out of every figure.
with
set_apart as (
    select
        cast(count(case when stg_order.status = 'pending' then 1 end) as bigint)      as pending_orders,
        sum(case when stg_order.status = 'pending'
            then coalesce(stg_order.total_amount, order_amounts.net_amount, 0) end)   as pending_amount,
        cast(count(case when stg_order.status = 'cancelled' then 1 end) as bigint)    as cancelled_orders,
        sum(case when stg_order.status = 'cancelled'
            then coalesce(stg_order.total_amount, order_amounts.net_amount, 0) end)   as cancelled_amount
    from stg_order
    left join order_amounts on order_amounts.order_id = stg_order.order_id
),

counted as (
    select
        cast(count(*) as bigint)                                            as orders,
        cast(count(case when customer_id is null then 1 end) as bigint)     as orders_buyer_not_known,
        cast(count(case when revenue <> net_sales then 1 end) as bigint)    as orders_with_extras
    from orders
)

select
    calendar_span.first_day,
    calendar_span.as_of,
    (select cast(count(*) as bigint) from stg_customer)                    as customers,
    counted.orders,
    counted.orders_buyer_not_known,
    (
        select cast(count(*) as bigint)
        from stg_order
        left join stg_customer on stg_customer.customer_id = stg_order.customer_id
        where stg_order.customer_id is not null and stg_customer.customer_id is null
    )                                                               as orders_of_unknown_customers,
    counted.orders_with_extras,
    set_apart.pending_orders,
    cast(coalesce(set_apart.pending_amount, 0) as decimal(18, 4))   as pending_amount,
    set_apart.cancelled_orders,
    cast(coalesce(set_apart.cancelled_amount, 0) as decimal(18, 4)) as cancelled_amount,
    exists (select 1 from stg_order_line where cost_amount is not null)   as has_costs,
    exists (select 1 from stg_location where country is not null)         as has_places,
    exists (select 1 from stg_product)                                    as has_products,
    exists (select 1 from stg_order_reason)                               as has_reasons,
    exists (select 1 from stg_target)                                     as has_targets,
    exists (select 1 from stg_order where channel is not null)            as has_channels
from calendar_span
cross join counted
cross join set_apart
