-- One row per order with reasons: all its reasons as one sorted text.
select order_id, string_agg(reason, '|' order by reason) as reason_set
from order_reasons
group by order_id
