-- One row per segment and tier; the share is of the segment's revenue.
with
segment_totals as (
    select segment, sum(revenue) as segment_revenue from whole group by segment
),

sold as (
    select segment, tier, {buyers}, {revenue} from sales group by segment, tier
)

select segment, tier, buyers, revenue, revenue / nullif(segment_revenue, 0) as revenue_share
from sold
join segment_totals using (segment)
order by list_position($segment_rows, segment), list_position($tier_rows, tier)
