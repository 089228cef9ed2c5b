-- One row per order that has lines: what its lines add up to.
select
    order_id,
    sum(net_amount)                                        as net_amount,
    sum(abs(net_amount))                                   as net_weight,
    cast(count(*) as bigint)                               as line_count,
    max(line_number)                                       as last_line_number,
    sum(quantity)                                          as items,
    sum(case when cost_amount is not null then net_amount end)  as costed_sales,
    sum(net_amount - cost_amount)                          as profit        -- lines without a cost have none
from stg_order_line
group by order_id
