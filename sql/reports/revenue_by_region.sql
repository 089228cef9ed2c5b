-- One row per region of delivery, with the middle of its places.
with
sold as (
    select continent, country, region, {revenue}, {revenue_share}, {buyers}, {orders}
    from sales
    group by continent, country, region
)

select sold.*, regions.latitude, regions.longitude
from sold
left join regions using (continent, country, region)
order by revenue desc, region, country
