-- One row per segment and country; the share is of the segment's revenue.
with
segment_totals as (
    select segment, sum(revenue) as segment_revenue from whole group by segment
),

sold as (
    select segment, country, {revenue}, {buyers}, {orders} from sales group by segment, country
)

select segment, country, revenue, revenue / nullif(segment_revenue, 0) as revenue_share, buyers, orders
from sold
join segment_totals using (segment)
order by list_position($segment_rows, segment), revenue desc, country
