"""What a file does not say outright: net amounts from price and quantity, costs from unit costs, discounts."""

import duckdb

from core.exports import numbers
from core.exports.plan import Part, Plan


def derive(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, samples: dict[str, list[str]]) -> None:
    """Complete a part of lines or orders: SQL for net_amount and cost_amount where no column has them.

    `samples` holds values of each field's column. What is decided goes to the plan's decisions and guesses.
    """
    if part.role == "lines":
        _total_of_lines(connection, plan, part)
    if not part.fills("net_amount"):
        _net_amount(plan, part, samples)
    if not part.fills("cost_amount"):
        _cost_amount(plan, part)
    used = " ".join(part.derived.values())
    for helper in ("unit_price", "discount", "unit_cost", "profit", "tax_amount", "shipping_amount", "subtotal"):
        if helper in part.fields and helper not in used:
            del part.fields[helper]
            part.ignored.append(part.columns.pop(helper))


def _total_of_lines(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part) -> None:
    """A total that differs within an order is a line's, not the order's."""
    if "total_amount" not in part.fields:
        return
    name = part.label("total_amount")
    varies = "order_id" not in part.fields
    if not varies:
        value, order = part.fields["total_amount"], part.fields["order_id"]
        few = f"(select {value} as v, {order} as o from {part.table.relation} t limit 200000)"
        varies = bool(
            connection.execute(
                f"select 1 from {few} where trim(o) <> '' group by o"
                " having count(distinct nullif(trim(v), '')) > 1 limit 1"
            ).fetchone()
        )
    if not varies:
        return
    if "net_amount" not in part.fields and not {"unit_price", "quantity"} <= part.fields.keys():
        part.fields["net_amount"] = part.fields["total_amount"]
        part.columns["net_amount"] = name
        plan.guesses.append((f"{part.table.file}: {name} belongs to the line, not to the order", 0.8))
    else:
        part.ignored.append(name)
        plan.decisions.append(
            f"{part.table.file}: {name} differs within orders, so it is no order's total and is not used."
        )
    del part.fields["total_amount"]
    part.columns.pop("total_amount", None)


def _net_amount(plan: Plan, part: Part, samples: dict[str, list[str]]) -> None:
    have = part.fields.keys()
    if {"unit_price", "quantity"} <= have:
        gross = "quantity * unit_price"
        label = f"{part.label('quantity')} × {part.label('unit_price')}"
        if "discount" in have:
            gross, label = _discounted(plan, part, samples, gross, label)
    elif "subtotal" in have:
        gross, label = "subtotal", part.label("subtotal")
    elif "total_amount" in have:
        taken_off = [name for name in ("tax_amount", "shipping_amount") if name in have]
        gross = " - ".join(["total_amount", *(f"coalesce({name}, 0)" for name in taken_off)])
        label = " − ".join([part.label("total_amount"), *(part.label(name) for name in taken_off)])
    elif "unit_price" in have:
        gross, label = "unit_price", part.label("unit_price")
        plan.guesses.append((f"{part.table.file}: there is no quantity, so {label} is the line's amount", 0.7))
    else:
        return
    part.derived["net_amount"] = gross
    part.columns["net_amount"] = label


def _discounted(plan: Plan, part: Part, samples: dict[str, list[str]], gross: str, label: str) -> tuple[str, str]:
    column = part.label("discount")
    values = [value.strip().removesuffix("%") for value in samples.get("discount", [])]
    style, _ = numbers.detect(values)
    found = [abs(float(number)) for value in values if (number := numbers.parse(value, style)) is not None]
    percent = any("%" in value for value in samples.get("discount", [])) or any(
        word in column.casefold() for word in ("percent", "pct", "%", "prozent", "rate")
    )
    if found and max(found) <= 1 and any(0 < value < 1 for value in found):
        plan.guesses.append((f"{part.table.file}: {column} is a share of the price (0 to 1)", 0.9))
        return f"{gross} * (1 - coalesce(discount, 0))", f"{label} × (1 − {column})"
    if percent and found and max(found) <= 100:
        part.fields["discount"] = f"replace({part.fields['discount']}, '%', '')"
        plan.decisions.append(f"{part.table.file}: {column} is a percentage of the price.")
        return f"{gross} * (1 - coalesce(discount, 0) / 100)", f"{label} × (1 − {column} %)"
    plan.guesses.append((f"{part.table.file}: {column} is an amount, taken off the line once", 0.7))
    return f"{gross} - abs(coalesce(discount, 0))", f"{label} − {column}"


def _cost_amount(plan: Plan, part: Part) -> None:
    if "unit_cost" in part.fields and "quantity" in part.fields:
        part.derived["cost_amount"] = "quantity * unit_cost"
        part.columns["cost_amount"] = f"{part.label('quantity')} × {part.label('unit_cost')}"
    elif "unit_cost" in part.fields:
        part.derived["cost_amount"] = "unit_cost"
        part.columns["cost_amount"] = part.label("unit_cost")
    elif "profit" in part.fields and part.fills("net_amount"):
        net = f"({part.derived['net_amount']})" if "net_amount" in part.derived else "net_amount"
        part.derived["cost_amount"] = f"{net} - profit"
        part.columns["cost_amount"] = f"{part.label('net_amount')} − {part.label('profit')}"
        plan.decisions.append(f"{part.table.file}: cost is {part.label('net_amount')} less {part.label('profit')}.")
