-- One row per set of reasons that orders carry together, and reason in it; an order without any is the set of 'No reason given'.
with
numbered as (
    select reason_set, cast(row_number() over (order by reason_set) as bigint) as reason_set_key
    from (select distinct reason_set from order_reason_sets) as sets
),

members as (
    select distinct order_reason_sets.reason_set, order_reasons.reason, order_reasons.reason_type
    from order_reason_sets
    join order_reasons on order_reasons.order_id = order_reason_sets.order_id
)

select
    numbered.reason_set_key,
    numbered.reason_set,
    members.reason,
    members.reason_type,
    cast(row_number() over (partition by numbered.reason_set_key order by members.reason) as bigint)  as position,
    cast(count(*) over (partition by numbered.reason_set_key) as bigint)                               as size
from numbered
join members on members.reason_set = numbered.reason_set
union all
select 0, '', 'No reason given', 'No reason given', 1, 1
