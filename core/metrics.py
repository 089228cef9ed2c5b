"""Every metric once: name, label, expression, format, definition. Reports compute it, cards, axes, tables show it.

An expression is SQL over the facts a report reads (`sales`); in sql/reports a metric is named in braces, {revenue}.
Facts are one row an order, or one a line where a filter picks lines: {count_orders} counts orders in either. Customers
are counted by a bitmap of their keys, which is exact and several times faster than a distinct count.
"""

import re
from dataclasses import dataclass

from core.formats import Format


@dataclass(frozen=True)
class Metric:
    """A figure that reports share: its column, its label, how it is computed, how it is written, what it means.

    What is no sum over facts has no expression; where it is computed all the same, `words` say how.
    """

    name: str
    label: str
    expression: str
    format: Format
    definition: str
    words: str = ""


_METRICS = (
    Metric("revenue", "Revenue", "coalesce(sum(revenue), 0)", Format.MONEY,
           "What customers were charged, returns taken off."),
    Metric("net_sales", "Net sales", "coalesce(sum(net_sales), 0)", Format.MONEY,
           "Order lines after discount, before tax and freight, returns taken off."),
    Metric("orders", "Orders", "{count_orders}", Format.COUNT,
           "Distinct orders with a positive total."),
    Metric("buyers", "Buyers", "{count_buyers}", Format.COUNT,
           "Known customers with an order."),
    Metric("items", "Items", "coalesce(sum(items), 0)", Format.COUNT,
           "Units sold, returned units taken off."),
    Metric("profit", "Profit", "sum(profit)", Format.MONEY,
           "Net sales less cost, over the lines that have a cost."),
    Metric("margin", "Margin", "sum(profit) / nullif(sum(costed_sales), 0)", Format.SHARE,
           "Profit as a share of the net sales of the lines that have a cost."),
    Metric("cost_coverage", "Cost known for", "sum(costed_sales) / nullif(sum(net_sales), 0)", Format.SHARE,
           "The share of net sales whose cost is known."),
    Metric("average_transaction_value", "Average transaction",
           "sum(revenue) / nullif({count_orders}, 0)", Format.MONEY,
           "Revenue divided by orders."),
    Metric("revenue_share", "Share of revenue",
           "coalesce(sum(revenue), 0) / nullif((select revenue from totals), 0)", Format.SHARE,
           "The part of the report's revenue with the filter on the row's own key lifted."),
    Metric("order_share", "Share of orders",
           "{count_orders} / nullif((select orders from totals), 0)", Format.SHARE,
           "The part of the report's orders with the filter on the row's own key lifted."),
    Metric("buyer_share", "Share of buyers",
           "{count_buyers} / nullif((select buyers from totals), 0)", Format.SHARE,
           "The part of the report's buyers with the filter on the row's own key lifted."),
    Metric("profit_share", "Share of profit",
           "sum(profit) / nullif((select profit from totals), 0)", Format.SHARE,
           "The part of the report's profit with the filter on the row's own key lifted."),
)  # fmt: skip
COUNT_ORDERS = "count(case when is_sale then 1 end)"
COUNT_BUYERS = "coalesce(bit_count(bitstring_agg(customer_key, 1, {last_customer_key})), 0)"
COUNT_ORDERS_OF_LINES = "count(distinct case when is_sale then order_key end)"
METRICS: dict[str, Metric] = {metric.name: metric for metric in _METRICS}

# An expression in words: what guards against nothing is not said, what counts is said by what it counts.
_SPOKEN = (
    (r"^\{count_orders\}$", "number of orders with a positive total"),
    (r"^\{count_buyers\}$", "number of known customers with an order"),
    (r"\{count_(\w+)\}", r"number of \1"),
    (r"\(select (\w+) from totals\)", r"the whole's \1"),
    (r"\b(?:coalesce|nullif)\(((?:[^()]|\([^()]*\))*), 0\)", r"\1"),
    (r"\bsum\((\w+)\)", r"sum of \1"),
    (r"\bcosted_sales\b", "net sales with a cost"),
    (r" / ", " ÷ "),
    (r"_", " "),
)

# Columns of reports that are no sum over facts: label, format and definition, said once as well.
_COLUMNS = (
    Metric("customers", "Customers", "", Format.COUNT,
           "Everyone in the customer table, buyers or not, whom the filters on customers pick.",
           "number of customers"),
    Metric("customer_share", "Share of customers", "", Format.SHARE, "The part of all customers, buyers or not.",
           "customers ÷ all customers"),
    Metric("new_buyers", "New buyers", "", Format.COUNT, "Buyers whose first order ever lies in this period.",
           "number of buyers whose first order lies in the period"),
    Metric("customer_name", "Customer", "", Format.TEXT, "The customer's name, else its identifier."),
    Metric("last_order_date", "Last order", "", Format.DATE, "The day of the last order with a positive total.",
           "latest day of an order with a positive total"),
    Metric("revenue_month_to_date", "Month to date", "", Format.MONEY, "Revenue since the first of the month.",
           "sum of revenue from the first day of the month"),
    Metric("revenue_month_to_date_last_month", "Last month to date", "", Format.MONEY,
           "Last month's revenue to the same day number.",
           "sum of revenue from the first day of last month to the same day number"),
    Metric("revenue_last_year", "Last year", "", Format.MONEY,
           "Revenue of the same calendar span one year earlier, cut at the same day.",
           "sum of revenue over the span one year earlier"),
    Metric("revenue_last_month", "Last month", "", Format.MONEY,
           "Revenue of the same calendar span one month earlier, cut at the same day.",
           "sum of revenue over the span one month earlier"),
    Metric("revenue_target", "Target", "", Format.MONEY, "The revenue target of the whole period.",
           "sum of each month's target × its days in the period ÷ its days; where growth on last year stands in, "
           "last year's revenue × (1 + growth)"),
    Metric("revenue_target_to_date", "Target to date", "", Format.MONEY,
           "The targets of whole months and of the open month by days elapsed.",
           "targets of whole months + target of the open month × its days so far ÷ its days; where growth on last year "
           "stands in, last year's revenue to the same day × (1 + growth)"),
    Metric("revenue_expected", "Expected at the run rate", "", Format.MONEY,
           "Revenue per day so far this year, times the days of the year; a month that looks incomplete is left out.",
           "revenue so far ÷ days so far × days of the year"),
    Metric("revenue_expected_seasonal", "Expected at last year's seasons", "", Format.MONEY,
           "Revenue so far this year, times last year's whole revenue over last year's to the same day; absent where "
           "last year brought by then less than a tenth of what an even course would have.",
           "revenue so far × last year's revenue ÷ last year's revenue to the same day"),
    Metric("revenue_at_risk", "Revenue at risk", "", Format.MONEY,
           "The last 12 months' revenue of At Risk and Cannot Lose Them; of a segment or customer, its own.",
           "sum of revenue of these customers over the last 12 months"),
    Metric("growth", "Growth", "", Format.GROWTH, "The difference as a share of the earlier revenue.",
           "(revenue − earlier revenue) ÷ earlier revenue"),
    Metric("difference", "Difference", "", Format.MONEY, "Revenue less the earlier revenue.",
           "revenue − earlier revenue"),
    Metric("recency_days", "Days since last order", "", Format.DAYS, "Days from the last order to the as-of date.",
           "as-of date − date of the last order"),
    Metric("frequency", "Orders so far", "", Format.COUNT, "A customer's orders up to the as-of date.",
           "number of orders with a positive total up to the as-of date"),
    Metric("monetary", "Revenue so far", "", Format.MONEY, "A customer's revenue so far, returns taken off.",
           "sum of revenue up to the as-of date"),
    Metric("avg_recency_days", "Average recency", "", Format.DAYS,
           "The mean of days since the last order, over the customers with a score.",
           "sum of days since the last order ÷ customers with a score"),
    Metric("avg_frequency", "Average frequency", "", Format.NUMBER,
           "The mean number of orders, over the customers with a score.",
           "sum of orders so far ÷ customers with a score"),
    Metric("avg_monetary", "Average monetary", "", Format.MONEY,
           "The mean lifetime revenue, over the customers with a score.",
           "sum of revenue so far ÷ customers with a score"),
    Metric("recency_score", "Recency score", "", Format.SCORE, "5 bought last, 1 longest ago: by quintile.",
           "5 − number of cut points below the days"),
    Metric("frequency_score", "Frequency score", "", Format.SCORE, "5 orders most often, 1 least: by quintile.",
           "1 + number of cut points below the orders"),
    Metric("monetary_score", "Monetary score", "", Format.SCORE, "5 spent most, 1 least: by quintile.",
           "1 + number of cut points below the revenue"),
    Metric("cumulative_share", "Cumulative share", "", Format.SHARE,
           "The share of positive revenue of this customer, its equals and all larger ones.",
           "revenue of this customer, its equals and all larger ones ÷ positive revenue of known customers"),
    Metric("order_date", "Day", "", Format.DATE, "The day of the order."),
    Metric("order_id", "Order", "", Format.TEXT, "The order's identifier."),
    Metric("order_days", "Days with an order", "", Format.COUNT, "Days on which the customer ordered so far.",
           "number of days with an order up to the as-of date"),
    Metric("median_gap_days", "Usual gap", "", Format.DAYS,
           "The usual time between two days with an order of the customer, where it has at least three.",
           "median of the days between consecutive days with an order"),
    Metric("next_order_date", "Next order due", "", Format.DATE,
           "The day by which the customer's next order would be usual.", "last order + usual gap, to the whole day"),
    Metric("similar_customers", "Similar customers", "", Format.COUNT,
           "Customers of the same segment and type whose main country is the same; of any country where under twenty.",
           "number of such customers"),
    Metric("similar_buyers", "Similar buyers", "", Format.COUNT, "Similar customers who ever bought the product.",
           "number of similar customers with the product"),
    Metric("similar_share", "Bought by", "", Format.SHARE, "The part of the similar customers who bought the product.",
           "similar buyers ÷ similar customers"),
    Metric("revenue_per_similar_buyer", "Revenue a buyer", "", Format.MONEY,
           "What a similar customer who bought the product has spent on it so far, on average.",
           "revenue of the product with similar buyers ÷ similar buyers"),
)  # fmt: skip
COLUMNS: dict[str, Metric] = {column.name: column for column in (*_METRICS, *_COLUMNS)}


def formula(metric: Metric) -> str:
    """How a metric is computed, as a person writes it: sum of profit ÷ sum of net sales with a cost.

    Empty where it is not computed: a name, an identifier, a day.
    """
    text = metric.expression
    for pattern, written in _SPOKEN:
        while (spoken := re.sub(pattern, written, text)) != text:
            text = spoken
    return metric.words or text
