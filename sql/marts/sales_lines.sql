-- One row per line of an order that counts, with every column a filter can pick by, sorted by date.
select
    sales_orders.order_key,
    sales_orders.order_id,
    sales_orders.order_date,

    sales_orders.customer_key,
    sales_orders.first_order_date,
    sales_orders.segment,
    sales_orders.recency_score,
    sales_orders.frequency_score,
    sales_orders.monetary_score,

    sales_orders.continent,
    sales_orders.country,
    sales_orders.region,
    sales_orders.channel,
    sales_orders.reason_set_key,

    order_lines.line_number,
    coalesce(products.product_key, 0)                   as product_key,
    coalesce(products.product, 'Not itemised')          as product,
    coalesce(products.subcategory, 'Not itemised')      as subcategory,
    coalesce(products.category, 'Not itemised')         as category,

    sales_orders.is_sale,
    order_lines.revenue,
    order_lines.net_sales,
    order_lines.items,
    order_lines.costed_sales,
    order_lines.profit
from order_lines
join sales_orders on sales_orders.order_id = order_lines.order_id
left join products on products.product_id = order_lines.product_id
order by sales_orders.order_date, sales_orders.order_key, order_lines.line_number
