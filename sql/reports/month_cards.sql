-- One row: the month in view, against the month before, the same month last year, and its target.
with
this_month as (
    select
        {revenue},
        {orders},
        {buyers},
        {items},
        {profit},
        {average_transaction_value},
        coalesce(bit_count(bitstring_agg(
            case when first_order_date >= $period_first_day then customer_key end, 1, {last_customer_key}
        )), 0)                                  as new_buyers
    from sales
),

last_month as (
    select {revenue}, {orders}, {buyers} from sales_last_month
),

last_year as (
    select {revenue} from sales_last_year
)

select
    $month                                      as month,
    this_month.revenue,
    last_month.revenue                          as revenue_last_month,
    last_year.revenue                           as revenue_last_year,
    target.revenue_target,
    target.revenue_target_to_date,
    target.target_from,
    this_month.orders,
    this_month.buyers,
    this_month.new_buyers,
    this_month.items,
    this_month.profit,
    this_month.average_transaction_value,
    last_month.orders                           as orders_last_month,
    last_month.buyers                           as buyers_last_month,
    months.is_thin,
    months.is_whole
from this_month
cross join last_month
cross join last_year
cross join target
left join months on months.month = $month
