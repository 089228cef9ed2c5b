-- One row per buying reason and segment; an order counts once for each of its reasons; the share is of the reason's orders.
with
reason_totals as (
    select reason, sum(orders) as reason_orders
    from (select reason_set_key, {orders} from whole group by reason_set_key) as by_set
    join reason_sets using (reason_set_key)
    group by reason
),

counted as (
    select reason, segment, cast(sum(orders) as bigint) as orders
    from (select reason_set_key, segment, {orders} from sales group by reason_set_key, segment) as by_set
    join reason_sets using (reason_set_key)
    group by reason, segment
)

select reason, segment, orders,
    case when reason <> 'No reason given' then orders / nullif(reason_orders, 0) end  as order_share
from counted
join reason_totals using (reason)
order by reason = 'No reason given', reason_orders desc, reason, list_position($segment_rows, segment)
