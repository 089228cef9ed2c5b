-- One row: the year that holds the period's last day, to date, and where it ends at this rate. What looks incomplete at its
-- end (after basis_last_day) is left out of the rate and of the growth on last year; it counts in the revenue to date. Last
-- year is held against nothing where the same days of it brought less than a tenth of what an even course of it would have.
with
so_far as (
    select
        coalesce(sum(revenue), 0)                                                  as revenue_to_date,
        coalesce(sum(revenue) filter (where order_date <= $basis_last_day), 0)     as revenue_of_basis
    from sales
),

basis as (
    select case
        when $basis_last_day = $as_of and $as_of < $year_last_day then cast($as_of - interval 1 year as date)
        else last_day($basis_last_day - interval 1 year)
    end as last_day_last_year
),

last_year as (
    select
        coalesce(sum(revenue), 0)                                                  as revenue_last_year,
        coalesce(sum(revenue) filter (where order_date <= (select last_day_last_year from basis)), 0) as revenue_of_basis_last_year
    from sales_whole_last_year
),

days as (
    select
        datediff('day', $year_first_day, $basis_last_day) + 1                      as days_elapsed,
        datediff('day', $year_first_day, $year_last_day) + 1                       as days_in_year
),

comparable as (
    select
        revenue_last_year,
        case when days_elapsed > 0 and revenue_of_basis_last_year >= 0.1 * revenue_last_year * days_elapsed / days_in_year
            then revenue_of_basis_last_year end                                    as revenue_of_basis_last_year
    from last_year
    cross join days
)

select
    $year                                                                          as year,
    $year_first_day                                                                as first_day,
    least($as_of, $year_last_day)                                                  as last_day,
    $basis_last_day                                                                as basis_last_day,
    (select last_day_last_year from basis)                                         as basis_last_day_last_year,
    revenue_to_date,
    (select coalesce(sum(revenue), 0) from sales_last_year)                        as revenue_to_date_last_year,
    revenue_last_year,
    revenue_of_basis,
    revenue_of_basis_last_year,
    days_elapsed,
    days_in_year,
    case when days_elapsed > 0 then revenue_of_basis * days_in_year / days_elapsed end                     as revenue_expected,
    revenue_of_basis * revenue_last_year / nullif(revenue_of_basis_last_year, 0)   as revenue_expected_seasonal,
    (select revenue_target from target)                                            as revenue_target,
    (select revenue_target_to_date from target)                                    as revenue_target_to_date,
    (select target_from from target)                                               as target_from
from so_far
cross join comparable
cross join days
