-- One row per line of an order that enters a figure, with its part of what the order was charged.
-- Total less lines (tax, freight, a discount on the whole order) is spread by |net_amount|, equally where all are zero, in
-- whole ten-thousandths; the last line takes the rest, so that lines add up to their order exactly.
with
weighed as (
    select
        orders.order_id,
        coalesce(stg_order_line.line_number, 0)                    as line_number,
        stg_order_line.product_id,
        coalesce(stg_order_line.quantity, 0)                       as items,
        cast(coalesce(stg_order_line.net_amount, orders.net_sales) as decimal(18, 4))  as net_sales,
        stg_order_line.cost_amount,
        orders.revenue                                             as order_revenue,
        orders.net_sales                                           as order_net,
        coalesce(stg_order_line.line_number, 0) = coalesce(order_amounts.last_line_number, 0)  as is_last,
        case when coalesce(order_amounts.net_weight, 0) = 0 then 1 else abs(stg_order_line.net_amount) * 10000 end
                                                                   as weight,
        case
            when coalesce(order_amounts.net_weight, 0) = 0 then coalesce(order_amounts.line_count, 1)
            else order_amounts.net_weight * 10000
        end                                                        as order_weight
    from orders
    left join stg_order_line on stg_order_line.order_id = orders.order_id
    left join order_amounts on order_amounts.order_id = orders.order_id
),

spread as (
    select
        *,
        net_sales + cast(
            cast(floor(
                cast((order_revenue - order_net) * 10000 as double) * cast(weight as double) / cast(order_weight as double) + 0.5
            ) as decimal(18, 0)) * cast(0.0001 as decimal(5, 4)) as decimal(18, 4)
        )                                                          as proportional
    from weighed
)

select
    order_id,
    line_number,
    product_id,
    items,
    net_sales,
    cast(case when cost_amount is not null then net_sales else 0 end as decimal(18, 4))  as costed_sales,
    cast(net_sales - cost_amount as decimal(18, 4))                as profit,
    cast(
        case
            when is_last then order_revenue - (sum(proportional) over (partition by order_id) - proportional)
            else proportional
        end as decimal(18, 4)
    )                                                              as revenue
from spread
