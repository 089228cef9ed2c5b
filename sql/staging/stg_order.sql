-- One row per order of the star, whatever its status.
select
    order_id,
    customer_id,
    location_id,

    order_date,

    total_amount,

    channel,
    coalesce(status, 'sold')  as status
from fact_order
