-- One row per customer, buyers or not.
select
    customer_id,
    coalesce(customer_name, customer_id)  as customer_name,
    customer_type
from dim_customer
