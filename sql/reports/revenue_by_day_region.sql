-- One row per day with sales and region.
select order_date as date, region, {revenue}, {orders}
from sales
group by order_date, region
order by date, revenue desc, region
