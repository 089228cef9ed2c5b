-- One row per continent of delivery.
select continent, {revenue}, {revenue_share}, {buyers}, {orders}
from sales
group by continent
order by revenue desc, continent
