-- One row per order that has lines: what its lines add up to.
select
    order_id,
    cast(sum(net_amount) as decimal(18, 4))                as net_amount,
    cast(sum(abs(net_amount)) as decimal(18, 4))           as net_weight,
    cast(count(*) as bigint)                               as line_count,
    max(line_number)                                       as last_line_number,
    sum(quantity)                                          as items,
    cast(sum(case when cost_amount is not null then net_amount end) as decimal(18, 4))  as costed_sales,
    cast(sum(net_amount - cost_amount) as decimal(18, 4))  as profit        -- lines without a cost have none
from stg_order_line
group by order_id
