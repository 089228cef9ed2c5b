-- One row per customer, buyers or not. customer_key counts them by falling revenue, those who never ordered last,
-- so that a tier at any cut-off is a range of keys.
select
    cast(row_number() over (
        order by
            case when customer_sales.customer_id is null then 1 else 0 end,
            customer_sales.revenue desc,
            stg_customer.customer_id
    ) as bigint)                                                    as customer_key,
    stg_customer.customer_id,
    stg_customer.customer_name,
    stg_customer.customer_type,

    customer_sales.customer_id is not null                          as is_buyer,
    customer_sales.first_order_date,
    customer_sales.last_order_date,

    customer_scores.recency_days,
    coalesce(customer_scores.frequency, 0)                          as frequency,
    cast(coalesce(customer_sales.revenue, 0) as decimal(18, 4))     as monetary,
    customer_scores.recency_score,
    customer_scores.frequency_score,
    customer_scores.monetary_score,
    case
        when customer_sales.customer_id is null then 'Never ordered'
        else coalesce(customer_scores.segment, 'No segment')
    end                                                             as segment,

    customer_tiers.revenue_rank,
    customer_tiers.cumulative_share
from stg_customer
left join customer_sales on customer_sales.customer_id = stg_customer.customer_id
left join customer_scores on customer_scores.customer_id = stg_customer.customer_id
left join customer_tiers on customer_tiers.customer_id = stg_customer.customer_id
