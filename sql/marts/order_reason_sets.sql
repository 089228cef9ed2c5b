-- One row per order with reasons: all its reasons as one sorted text, a bar within a name written %7C.
select
    order_id,
    string_agg(replace(replace(reason, '%', '%25'), '|', '%7C'), '|' order by reason) as reason_set
from order_reasons
group by order_id
