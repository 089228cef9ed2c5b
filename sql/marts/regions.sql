-- One row per country and region of the place table: where its circle stands on the map.
select
    coalesce(continent, 'Place not known')   as continent,
    coalesce(country, 'Place not known')     as country,
    max(country_code)                        as country_code,
    coalesce(region, 'Place not known')      as region,
    avg(latitude)                            as latitude,
    avg(longitude)                           as longitude
from stg_location
group by coalesce(continent, 'Place not known'), coalesce(country, 'Place not known'), coalesce(region, 'Place not known')
