-- One row per measure and cut point (1 to 4): the 20, 40, 60 and 80 % points with linear interpolation (PERCENTILE.INC).
-- A histogram instead of a quantile function, whole numbers and decimals throughout, so that a customer on a cut compares right.
with
counted as (
    select measure, amount, cast(count(*) as bigint) as customers
    from customer_measures
    group by measure, amount
),

placed as (
    select
        measure,
        amount,
        customers,
        cast(sum(customers) over (
            partition by measure order by amount rows between unbounded preceding and current row
        ) as bigint)                                                             as upto,
        cast(sum(customers) over (partition by measure) as bigint)              as everyone,
        lead(amount) over (partition by measure order by amount)                 as next_amount
    from counted
),

found as (
    select
        placed.measure,
        rule_cut.position,
        placed.amount,
        case
            when 5 * (placed.upto - 1) <= rule_cut.position * (placed.everyone - 1) then placed.next_amount
            else placed.amount
        end                                                                      as upper_amount,
        (rule_cut.position * (placed.everyone - 1)) % 5                          as fifths
    from placed
    cross join rule_cut
    where 5 * (placed.upto - placed.customers) <= rule_cut.position * (placed.everyone - 1)
        and rule_cut.position * (placed.everyone - 1) < 5 * placed.upto
)

select
    measure,
    position,
    cast(case
        when fifths = 0 then amount
        else amount + (upper_amount - amount) * cast(fifths * 0.2 as decimal(2, 1))
    end as decimal(19, 5))                                                       as cut_point
from found
