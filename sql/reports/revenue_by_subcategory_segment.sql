-- One row per subcategory and segment; the share is of the subcategory's revenue.
with
subcategory_totals as (
    select subcategory, sum(revenue) as subcategory_revenue from whole_lines group by subcategory
),

sold as (
    select subcategory, segment, {revenue} from lines group by subcategory, segment
)

select subcategory, segment, revenue, revenue / nullif(subcategory_revenue, 0) as revenue_share, subcategory_revenue
from sold
join subcategory_totals using (subcategory)
order by subcategory_revenue desc, subcategory, list_position($segment_rows, segment)
