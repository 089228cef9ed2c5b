-- One row per customer with at least one order of a positive total: its three scores and its segment.
with
ranked as (
    select
        customer_measures.customer_id,
        customer_measures.measure,
        cast(count(case when score_cuts.cut_point < customer_measures.amount then 1 end) as bigint)  as cuts_below,
        max(customer_measures.amount)                                                               as amount
    from customer_measures
    join score_cuts on score_cuts.measure = customer_measures.measure
    group by customer_measures.customer_id, customer_measures.measure
),

scored as (
    select
        customer_id,
        cast(max(case when measure = 'recency' then amount end) as bigint)           as recency_days,
        cast(max(case when measure = 'frequency' then amount end) as bigint)         as frequency,
        max(case when measure = 'monetary' then amount end)                          as monetary,
        cast(max(case when measure = 'recency' then 5 - cuts_below end) as int)      as recency_score,
        cast(max(case when measure = 'frequency' then 1 + cuts_below end) as int)    as frequency_score,
        cast(max(case when measure = 'monetary' then 1 + cuts_below end) as int)     as monetary_score
    from ranked
    group by customer_id
)

select scored.*, rule_code.segment
from scored
left join rule_code
    on rule_code.recency_score = scored.recency_score
    and rule_code.frequency_score = scored.frequency_score
    and rule_code.monetary_score = scored.monetary_score
