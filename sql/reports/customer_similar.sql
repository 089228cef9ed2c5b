-- One row per product, at most ten, that customers similar to the one picked bought and it never did, the most common first; none
-- unless exactly one customer is picked. Similar are those of its segment and type whose main country is its own too, else, where
-- they are fewer than twenty, those of any country. A product counts from five of them and a twentieth on. Lifetime up to as_of.
with
picked as (
    select customer_key, segment, customer_type from people where recency_score is not null qualify count(*) over () = 1
),

alike as (
    select customers.customer_key
    from customers
    join picked on picked.segment = customers.segment and picked.customer_type is not distinct from customers.customer_type
),

spent as (
    select customer_key, country, sum(revenue) as revenue
    from sales_orders
    where is_sale and customer_key in (select customer_key from alike)
    group by customer_key, country
),

members as (
    select
        customer_key,
        case when country <> 'Place not known' then country end             as main_country
    from spent
    qualify row_number() over (partition by customer_key order by revenue desc, country) = 1
),

others as (
    select
        members.customer_key,
        coalesce(members.main_country = picked_member.main_country, false)  as is_near,
        picked_member.main_country                                          as main_country
    from members
    cross join picked
    join members as picked_member on picked_member.customer_key = picked.customer_key
    where members.customer_key <> picked.customer_key
),

peers as (
    select
        customer_key,
        case when near.customers >= 20 then others.main_country end            as similar_country,
        count(*) over ()                                                    as similar_customers
    from others
    cross join (select count(*) filter (where is_near) as customers from others) as near
    where is_near or near.customers < 20
    qualify count(*) over () >= 20
),

bought as (
    select distinct product from sales_lines where is_sale and customer_key = (select customer_key from picked)
)

select
    sales_lines.product,
    any_value(sales_lines.subcategory)                                      as subcategory,
    any_value(sales_lines.category)                                         as category,
    count(distinct sales_lines.customer_key)                                as similar_buyers,
    count(distinct sales_lines.customer_key) / any_value(peers.similar_customers)  as similar_share,
    sum(sales_lines.revenue) / count(distinct sales_lines.customer_key)     as revenue_per_similar_buyer,
    any_value(peers.similar_customers)                                    as similar_customers,
    (select segment from picked)                                            as similar_segment,
    (select customer_type from picked)                                      as similar_type,
    any_value(peers.similar_country)                                      as similar_country
from sales_lines
join peers using (customer_key)
where sales_lines.is_sale and sales_lines.product_key > 0 and sales_lines.product not in (select product from bought)
group by sales_lines.product
having count(distinct sales_lines.customer_key) >= greatest(5, any_value(peers.similar_customers) / 20)
order by similar_share desc, sum(sales_lines.revenue) desc, sales_lines.product
limit 10
