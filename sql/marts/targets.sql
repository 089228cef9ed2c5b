-- One row per month with a revenue target.
select month, revenue_target from stg_target
