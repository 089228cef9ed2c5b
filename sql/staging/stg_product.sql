-- One row per product.
select
    product_id,
    product_name,
    subcategory,
    category
from dim_product
