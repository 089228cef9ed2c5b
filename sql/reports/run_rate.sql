-- One row: the year that holds the period's last day, to date, and where it ends at this rate. What looks incomplete at its
-- end (basis_last_day) is left out of the rate; it counts in the revenue to date. Last year's seasons say nothing where the
-- same days of last year brought less than a tenth of what an even course of that year would have.
with
so_far as (
    select
        coalesce(sum(revenue), 0)                                                  as revenue_to_date,
        coalesce(sum(revenue) filter (where order_date <= $basis_last_day), 0)     as revenue_of_basis
    from sales
),

last_year as (
    select
        coalesce(sum(revenue), 0)                                                                           as revenue_last_year,
        coalesce(sum(revenue) filter (
            where order_date <= cast($basis_last_day - interval 1 year as date)), 0)                        as revenue_of_basis_last_year
    from sales_whole_last_year
),

days as (
    select
        datediff('day', $year_first_day, $basis_last_day) + 1                      as days_elapsed,
        datediff('day', $year_first_day, $year_last_day) + 1                       as days_in_year
)

select
    $year                                                                          as year,
    $year_first_day                                                                as first_day,
    least($as_of, $year_last_day)                                                  as last_day,
    $basis_last_day                                                                as basis_last_day,
    revenue_to_date,
    (select coalesce(sum(revenue), 0) from sales_last_year)                        as revenue_to_date_last_year,
    revenue_last_year,
    days_elapsed,
    days_in_year,
    case when days_elapsed > 0 then revenue_of_basis * days_in_year / days_elapsed end                     as revenue_expected,
    case when days_elapsed > 0 and revenue_of_basis_last_year >= 0.1 * revenue_last_year * days_elapsed / days_in_year
        then revenue_of_basis * revenue_last_year / nullif(revenue_of_basis_last_year, 0) end              as revenue_expected_seasonal,
    (select revenue_target from target)                                            as revenue_target,
    (select revenue_target_to_date from target)                                    as revenue_target_to_date
from so_far
cross join last_year
cross join days
