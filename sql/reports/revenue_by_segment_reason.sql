-- One row per segment and buying reason; the revenue of a set of reasons is split evenly over its members; the share is of the
-- segment's revenue.
with
segment_totals as (
    select segment, sum(revenue) as segment_revenue from whole group by segment
),

by_set as (
    select segment, reason_set_key, {revenue} from sales group by segment, reason_set_key
),

split as (
    select
        by_set.segment,
        reason_sets.reason,
        cast(cast(by_set.revenue * 10000 as hugeint) // size as decimal(38, 4)) * 0.0001   as part,
        case when position < size then part else by_set.revenue - part * (size - 1) end    as revenue
    from by_set
    join reason_sets using (reason_set_key)
)

select segment, reason, sum(revenue) as revenue, sum(revenue) / nullif(any_value(segment_revenue), 0) as revenue_share
from split
join segment_totals using (segment)
group by segment, reason
order by list_position($segment_rows, segment), reason = 'No reason given', revenue desc, reason
