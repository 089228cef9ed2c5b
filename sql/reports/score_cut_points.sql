-- One row per score: the cut points of its quintiles over all customers with an order, and a note where they say little.
-- Filters do not move them; as_of does.
with
taken as (
    select 'recency' as score, recency_score as value, 1 as position, count(*) as customers from customers
    where recency_score is not null group by recency_score
    union all
    select 'frequency', frequency_score, 2, count(*) from customers where frequency_score is not null group by frequency_score
    union all
    select 'monetary', monetary_score, 3, count(*) from customers where monetary_score is not null group by monetary_score
),

empty as (
    select score, string_agg(cast(value as text), ',' order by value) as empty_scores
    from (
        select score, value from (select unnest(['recency', 'frequency', 'monetary']) as score)
        cross join (select unnest([1, 2, 3, 4, 5]) as value)
        except
        select score, value from taken
    ) as missing
    group by score
)

select
    score_cuts.measure                                                as score,
    cast(max(cut_point) filter (where position = 1) as double)       as cut_20,
    cast(max(cut_point) filter (where position = 2) as double)       as cut_40,
    cast(max(cut_point) filter (where position = 3) as double)       as cut_60,
    cast(max(cut_point) filter (where position = 4) as double)       as cut_80,
    any_value(empty.empty_scores)                                     as empty_scores,
    (select count(*) from customers where recency_score is not null)  as buyers
from score_cuts
left join empty on empty.score = score_cuts.measure
group by score_cuts.measure
order by list_position(['recency', 'frequency', 'monetary'], score_cuts.measure)
