-- One row per recency and frequency score, all 25 of them; sales of customers without a score are the row without scores.
with
grid as (
    select recency.score as recency_score, frequency.score as frequency_score
    from (select unnest([5, 4, 3, 2, 1]) as score) as recency
    cross join (select unnest([1, 2, 3, 4, 5]) as score) as frequency
),

counted as (
    select recency_score, frequency_score, count(*) as customers
    from people
    where recency_score is not null
    group by recency_score, frequency_score
),

sold as (
    select recency_score, frequency_score, {revenue} from sales group by recency_score, frequency_score
)

select
    recency_score,
    frequency_score,
    coalesce(customers, 0)      as customers,
    coalesce(revenue, 0)        as revenue
from grid
left join counted using (recency_score, frequency_score)
left join sold using (recency_score, frequency_score)
union all
select null, null, (select count(*) from people where recency_score is null and is_buyer), revenue
from sold
where recency_score is null
order by recency_score desc nulls last, frequency_score
