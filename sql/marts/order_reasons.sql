-- One row per order that counts and reason it carries; a reason that no table knows goes by its identifier.
select distinct
    orders.order_id,
    coalesce(stg_reason.reason_name, stg_order_reason.reason_id)   as reason,
    coalesce(stg_reason.reason_type, 'No type')                    as reason_type
from orders
join stg_order_reason on stg_order_reason.order_id = orders.order_id
left join stg_reason on stg_reason.reason_id = stg_order_reason.reason_id
