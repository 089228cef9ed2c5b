-- One row per customer with at least one order of a positive total, and measure: the three values that get a score.
with
scored as (
    select
        customer_sales.customer_id,
        cast(datediff('day', customer_sales.last_order_date, calendar_span.as_of) as decimal(18, 4))  as recency_days,
        cast(customer_sales.order_count as decimal(18, 4))                                            as frequency,
        cast(customer_sales.revenue as decimal(18, 4))                                                as monetary
    from customer_sales
    cross join calendar_span
    where customer_sales.order_count > 0
)

select customer_id, 'recency' as measure, recency_days as amount from scored
union all
select customer_id, 'frequency' as measure, frequency as amount from scored
union all
select customer_id, 'monetary' as measure, monetary as amount from scored
