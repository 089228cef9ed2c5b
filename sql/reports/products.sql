-- One row per product sold.
select
    any_value(product)                                                              as product,
    any_value(subcategory)                                                          as subcategory,
    any_value(category)                                                             as category,
    {items},
    {revenue},
    coalesce(sum(revenue), 0) / nullif((select sum(revenue) from whole_lines), 0)   as revenue_share,
    {net_sales},
    {profit},
    {margin},
    product_key
from lines
group by product_key
order by revenue desc, product, product_key
