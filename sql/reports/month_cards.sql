-- One row: the month in view, against the month before, the same month last year, and its target.
select
    $month                                                                  as month,
    {revenue},
    (select coalesce(sum(revenue), 0) from sales_last_month)                as revenue_last_month,
    (select coalesce(sum(revenue), 0) from sales_last_year)                 as revenue_last_year,
    (select revenue_target from target)                                     as revenue_target,
    (select revenue_target_to_date from target)                             as revenue_target_to_date,
    {orders},
    {buyers},
    (select {count_buyers} from sales where first_order_date >= $period_first_day)  as new_buyers,
    {items},
    {profit},
    {average_transaction_value},
    (select {count_orders} from sales_last_month)  as orders_last_month,
    (select {count_buyers} from sales_last_month)             as buyers_last_month,
    (select is_thin from months where month = $month)                       as is_thin,
    (select is_whole from months where month = $month)                      as is_whole
from sales
