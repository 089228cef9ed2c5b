-- One row per order that enters a figure: sold or returned, up to the as-of date.
-- An order without lines counts with its total as its one line, not itemised.
-- A customer in no customer table is a buyer not known.
select
    stg_order.order_id,
    stg_customer.customer_id,
    stg_order.location_id,

    stg_order.order_date,

    coalesce(stg_order.channel, 'Channel not known')                                     as channel,
    cast(coalesce(stg_order.total_amount, order_amounts.net_amount, 0) as decimal(18, 4))  as revenue,
    coalesce(stg_order.total_amount, order_amounts.net_amount, 0) > 0                     as is_sale,
    cast(coalesce(order_amounts.net_amount, stg_order.total_amount, 0) as decimal(18, 4))  as net_sales,
    coalesce(order_amounts.items, 0)                                                      as items,
    cast(coalesce(order_amounts.costed_sales, 0) as decimal(18, 4))                        as costed_sales,
    order_amounts.profit
from stg_order
left join order_amounts on order_amounts.order_id = stg_order.order_id
left join stg_customer on stg_customer.customer_id = stg_order.customer_id
cross join settings
where stg_order.status in ('sold', 'returned')
    and (settings.as_of is null or stg_order.order_date <= settings.as_of)
