-- One row per segment. Customers and averages are lifetime figures of the customers picked; orders, buyers and revenue are the
-- filter's; revenue at risk is the segment's own last twelve months.
with
counted as (
    select
        segment,
        count(*)                    as customers,
        avg(recency_days)           as avg_recency_days,
        avg(frequency) filter (where recency_days is not null)   as avg_frequency,
        avg(monetary) filter (where recency_days is not null)    as avg_monetary
    from people
    group by segment
),

sold as (
    select segment, {buyers}, {orders}, {revenue}, {revenue_share}, {items}, {profit}
    from sales
    group by segment
),

recent as (
    select segment, sum(revenue) as revenue from sales_twelve_months group by segment
)

select
    segment,
    coalesce(counted.customers, 0)                                                  as customers,
    coalesce(counted.customers, 0) / nullif((select count(*) from whole_people), 0) as customer_share,
    coalesce(sold.buyers, 0)                                                        as buyers,
    coalesce(sold.orders, 0)                                                        as orders,
    coalesce(sold.revenue, 0)                                                       as revenue,
    coalesce(sold.revenue_share, 0)                                                 as revenue_share,
    coalesce(recent.revenue, 0)                                                     as revenue_at_risk,
    counted.avg_recency_days,
    counted.avg_frequency,
    counted.avg_monetary,
    sold.profit
from counted
full join sold using (segment)
left join recent using (segment)
order by list_position($segment_rows, segment)
