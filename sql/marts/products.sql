-- One row per product that was sold or that the product table knows.
with
known as (
    select product_id, product_name, subcategory, category from stg_product
    union all
    select distinct order_lines.product_id, order_lines.product_id, cast(null as string), cast(null as string)
    from order_lines
    left join stg_product on stg_product.product_id = order_lines.product_id
    where order_lines.product_id is not null and stg_product.product_id is null
)

select
    cast(row_number() over (order by product_id) as bigint)  as product_key,
    product_id,
    product_name                                             as product,
    coalesce(subcategory, 'No subcategory')                  as subcategory,
    coalesce(category, 'No category')                        as category
from known
