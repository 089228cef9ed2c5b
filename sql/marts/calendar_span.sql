-- One row: the first day with an order that counts, and the as-of date: the day asked for, else the last order's.
select
    min(orders.order_date)                                     as first_day,
    coalesce(max(settings.as_of), max(orders.order_date))      as as_of
from settings
left join orders on true
