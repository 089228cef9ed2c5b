-- One row: the figures of the business under the filter. Shares are of the business without the segment and tier filters;
-- customers are everyone in the customer table whom the filters on customers pick.
select
    {revenue},
    {net_sales},
    (select count(*) from people)                                   as customers,
    {buyers},
    {orders},
    {items},
    {profit},
    {margin},
    {cost_coverage},
    {average_transaction_value},
    (select coalesce(sum(revenue), 0) from sales_last_year)         as revenue_last_year,
    (select revenue_target from target)                             as revenue_target,
    (select revenue_target_to_date from target)                     as revenue_target_to_date,
    (select coalesce(sum(revenue), 0) from sales_twelve_months where segment in $at_risk)  as revenue_at_risk,
    {revenue_share},
    {profit_share},
    {buyer_share},
    {order_share}
from sales
