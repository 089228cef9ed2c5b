"""Who the customer of a row is: by number, else by e-mail (as a hash), else by name."""

from collections.abc import Mapping

import duckdb

from core.exports.columns import Column
from core.exports.plan import Part, Plan
from core.exports.quoting import identifier, literal

GUESTS = ("0", "-1", "guest", "gast", "guests", "invité", "invite", "invitado", "none", "-", "anonymous", "unknown")


def identify(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, taken: Mapping[str, Column]) -> None:
    """Give the part its customers' ids and names."""
    if part.role == "products":
        return
    name, label = _name(taken)
    if "customer_id" in part.fields:
        _tell_guests(connection, plan, part, taken)
    elif "email" in taken:
        part.fields["customer_id"] = part.hashed = _sql(taken["email"])
        part.columns["customer_id"] = taken["email"].name
    elif name:
        part.fields["customer_id"] = name
        part.columns["customer_id"] = label
        part.confidence["customer_id"] = 0.7
        plan.guesses.append((f"{part.table.file}: customers have no number, so {label} tells them apart", 0.7))
    if name and "customer_name" not in part.fields:
        part.fields["customer_name"] = name
        part.columns["customer_name"] = label


def _name(taken: Mapping[str, Column]) -> tuple[str | None, str]:
    """SQL of the customer's name, a company's before a person's, and what its columns are called."""
    both = [taken[name] for name in ("first_name", "last_name") if name in taken]
    person = f"nullif(trim(concat_ws(' ', {', '.join(map(_sql, both))})), '')" if both else ""
    if "customer_name" in taken:
        return _sql(taken["customer_name"]), taken["customer_name"].name
    if "company" in taken and person:
        return f"coalesce(nullif(trim({_sql(taken['company'])}), ''), {person})", f"{taken['company'].name} or name"
    if "company" in taken:
        return _sql(taken["company"]), taken["company"].name
    return (person, "first and last name") if person else (None, "")


def _tell_guests(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part, taken: Mapping[str, Column]) -> None:
    """Who has no number of an own (none, 0, guest) is known by e-mail, else not at all."""
    if part.role == "customers":
        return
    number = part.fields["customer_id"]
    guests = ", ".join(map(literal, GUESTS))
    bare = f"lower(trim({number}))"
    few = f"(select * from {part.table.relation} t limit 200000)" if part.table.streamed else part.table.relation
    count, blank = connection.execute(
        f"select count(*) filter ({bare} in ({guests})), count(*) filter (coalesce({bare}, '') = '') from {few} t"
    ).fetchone()
    label = part.label("customer_id")
    if "email" in taken and (count or blank):
        email = _sql(taken["email"])
        own = f"coalesce({bare}, '') not in ('', {guests})"
        part.hashed = email
        part.fields["customer_id"] = (
            f"case when {own} then {number} when trim({email}) <> '' then chr(1) || {email} end"
        )
        plan.decisions.append(
            f"{part.table.file}: who has no number of an own in {label} is told apart by {taken['email'].name}."
        )
    elif count:
        part.fields["customer_id"] = f"case when {bare} not in ({guests}) then {number} end"
        plan.decisions.append(f"{part.table.file}: {count:,} rows of guests in {label} have a buyer not known.")


def _sql(column: Column) -> str:
    return f"t.{identifier(column.name)}"
