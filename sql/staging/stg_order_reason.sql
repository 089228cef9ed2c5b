-- One row per order and reason of the star.
select distinct
    order_id,
    reason_id
from bridge_order_reason
