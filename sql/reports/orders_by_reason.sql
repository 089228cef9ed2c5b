-- One row per buying reason. An order counts once for each of its reasons, so orders overlap; shares are of these links.
-- The revenue of each set of reasons is split evenly over its members, the rest on the last, so that revenue adds up.
with
links as (
    select {count_orders} * any_value(size) as links
    from whole
    join (select distinct reason_set_key, size from reason_sets where reason_set_key > 0) as sets using (reason_set_key)
    group by reason_set_key
),

by_set as (
    select reason_set_key, {orders}, {revenue} from sales group by reason_set_key
),

split as (
    select
        reason_sets.reason,
        reason_sets.reason_type,
        by_set.orders,
        cast(cast(by_set.revenue * 10000 as hugeint) // size as decimal(38, 4)) * 0.0001                as part,
        case when position < size then part else by_set.revenue - part * (size - 1) end                 as revenue
    from by_set
    join reason_sets using (reason_set_key)
)

select
    reason,
    any_value(reason_type)                                                                              as reason_type,
    cast(sum(orders) as bigint)                                                                         as orders,
    case when reason <> 'No reason given' then sum(orders) / nullif((select sum(links) from links), 0) end  as order_share,
    sum(revenue)                                                                                        as revenue
from split
group by reason
order by reason = 'No reason given', orders desc, reason
