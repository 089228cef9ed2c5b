-- One row per day from the first month of the data to the end of the as-of date's month.
with
span as (
    select
        cast(date_trunc('month', first_day) as date)    as first_day,
        last_day(as_of)                                 as last_day
    from calendar_span
    where first_day is not null
),

days as (
    select unnest(generate_series(first_day, last_day, interval 1 day)) as moment
    from span
),

dated as (
    select cast(moment as date) as date from days
)

select
    date,
    cast(date_trunc('month', date) as date)             as month
from dated
