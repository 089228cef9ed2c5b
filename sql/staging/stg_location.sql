-- One row per place of delivery.
select
    location_id,

    continent,
    country,
    country_code,
    region,
    city,

    latitude,
    longitude
from dim_location
