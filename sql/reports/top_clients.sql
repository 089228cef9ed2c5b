-- One row per customer, the hundred with the most revenue under the filter, with where they buy most and the last twelve quarters.
with
sold as (
    select customer_key, {orders}, {revenue}, {revenue_share}, {profit}
    from sales
    where customer_key is not null
    group by customer_key
    order by revenue desc, customer_key
    limit 100
),

places as (
    select customer_key, country from sales
    where customer_key in (select customer_key from sold)
    group by customer_key, country
    qualify row_number() over (partition by customer_key order by sum(revenue) desc, country) = 1
),

quarters as (
    select cast(date_trunc('quarter', date) as date) as quarter from dim_date group by quarter order by quarter desc limit 12
),

by_quarter as (
    select sold.customer_key, quarters.quarter, coalesce(sum(sales_always.revenue), 0) as revenue
    from sold
    cross join quarters
    left join sales_always on sales_always.customer_key = sold.customer_key
        and cast(date_trunc('quarter', sales_always.order_date) as date) = quarters.quarter
    group by sold.customer_key, quarters.quarter
),

trends as (
    select customer_key, list(cast(revenue as double) order by quarter) as revenue_by_quarter from by_quarter group by customer_key
)

select
    customers.customer_id,
    customers.customer_name,
    customers.segment,
    people.tier,
    places.country,
    sold.revenue,
    sold.revenue_share,
    sold.orders,
    sold.profit,
    customers.recency_days,
    trends.revenue_by_quarter
from sold
join customers using (customer_key)
join people using (customer_key)
join places using (customer_key)
join trends using (customer_key)
order by sold.revenue desc, customers.customer_key
