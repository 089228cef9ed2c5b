-- One row per line of one order under the filter, the latest of two to eight lines that was charged otherwise than its lines add up:
-- its net amount, its part of the difference by the size of the lines, and the two together.
with
one_order as (
    select any_value(order_key) as order_key
    from (
        select order_key, any_value(order_date) as order_date
        from sales_lines
        where order_key in (select order_key from lines)
        group by order_key
        order by
            count(*) between 2 and 8 and sum(revenue) <> sum(net_sales) desc,
            count(*) between 2 and 8 desc,
            order_date desc,
            order_key desc
        limit 1
    ) as latest
)

select
    order_id,
    order_date,
    line_number,
    product,
    net_sales,
    abs(net_sales) / nullif(sum(abs(net_sales)) over (), 0)     as weight_share,
    revenue - net_sales                                         as part_of_difference,
    revenue
from sales_lines
where order_key = (select order_key from one_order)
order by line_number
