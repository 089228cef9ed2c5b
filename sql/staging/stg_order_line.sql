-- One row per order line of the star.
select
    order_id,
    line_number,
    product_id,

    quantity,
    net_amount,
    cost_amount
from fact_order_line
