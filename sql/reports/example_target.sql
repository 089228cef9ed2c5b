-- One row per month with a target of the year that the period ends in: its days so far, and so much of its target. It is the whole
-- business': filters other than the period do not move it.
select
    month,
    revenue_target,
    day(last_day(month))                                                                        as days,
    greatest(0, datediff('day', month, least(last_day(month), $as_of)) + 1)                     as days_so_far,
    revenue_target * greatest(0, datediff('day', month, least(last_day(month), $as_of)) + 1) / day(last_day(month))
                                                                                                as revenue_target_to_date
from targets
where month between $year_first_day and $year_last_day
order by month
