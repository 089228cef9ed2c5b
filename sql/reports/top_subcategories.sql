-- One row per subcategory, the five with the most revenue; the share is of all subcategories.
select
    subcategory,
    {revenue},
    coalesce(sum(revenue), 0) / nullif((select sum(revenue) from whole_lines), 0)  as revenue_share,
    {items}
from lines
group by subcategory
order by revenue desc, subcategory
limit 5
