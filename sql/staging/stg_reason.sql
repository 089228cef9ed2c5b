-- One row per buying reason.
select
    reason_id,
    reason_name,
    reason_type
from dim_reason
