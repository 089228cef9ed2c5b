-- One row per country of delivery.
with
codes as (
    select continent, country, max(country_code) as country_code from regions group by continent, country
),

sold as (
    select continent, country, {revenue}, {revenue_share}, {buyers}, {orders}
    from sales
    group by continent, country
)

select sold.continent, sold.country, codes.country_code, sold.* exclude (continent, country)
from sold
left join codes using (continent, country)
order by revenue desc, country, continent
