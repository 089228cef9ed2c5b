"""AdventureWorks: Microsoft's sample database of a bicycle maker, as a folder of tables.

Region is the sales territory and continent its group; a line's cost is the product's cost on the day of the order; all
amounts are in US dollars already, so the currency rates are left alone. Microsoft's own script has the tables without
headers: such a table is known by its file's name and its number of columns.
"""

from dataclasses import replace

from core.exports.plan import Part, Plan, RawTable
from core.exports.quoting import identifier

NAME = "adventureworks"
NEEDED = {
    "salesorderheader": ["SalesOrderID", "OrderDate", "CustomerID", "TotalDue"],
}
_BESIDE = {"salesorderdetail", "address", "customer"}  # one of them, or the name alone would decide
STATUS_WORDS = {
    "1": "pending",  # in process
    "2": "pending",  # approved
    "3": "pending",  # backordered
    "4": "cancelled",  # rejected
    "5": "sold",  # shipped
    "6": "cancelled",
}
_OPTIONAL = {
    "salesorderdetail": ["SalesOrderID", "SalesOrderDetailID", "ProductID", "OrderQty", "LineTotal"],
    "customer": ["CustomerID", "PersonID", "StoreID"],
    "person": ["BusinessEntityID", "FirstName", "LastName"],
    "store": ["BusinessEntityID", "Name"],
    "salesterritory": ["TerritoryID", "Name", "Group"],
    "countryregion": ["CountryRegionCode", "Name"],
    "stateprovince": ["StateProvinceID", "CountryRegionCode", "Name"],
    "address": ["AddressID", "City", "StateProvinceID"],
    "product": ["ProductID", "Name", "StandardCost", "ProductSubcategoryID"],
    "productsubcategory": ["ProductSubcategoryID", "ProductCategoryID", "Name"],
    "productcategory": ["ProductCategoryID", "Name"],
    "productcosthistory": ["ProductID", "StartDate", "EndDate", "StandardCost"],
    "salesreason": ["SalesReasonID", "Name", "ReasonType"],
    "salesorderheadersalesreason": ["SalesOrderID", "SalesReasonID"],
}
_STAMP = ["rowguid", "ModifiedDate"]
_STATE = ["StateProvinceID", "StateProvinceCode", "CountryRegionCode", "IsOnlyStateProvinceFlag", "Name", "TerritoryID"]
_ADDRESS = ["AddressID", "AddressLine1", "AddressLine2", "City", "StateProvinceID", "PostalCode", "SpatialLocation"]
_HEADLESS = {
    "customer": ["CustomerID", "PersonID", "StoreID", "TerritoryID", "AccountNumber", *_STAMP],
    "store": ["BusinessEntityID", "Name", "SalesPersonID", "Demographics", *_STAMP],
    "countryregion": ["CountryRegionCode", "Name", "ModifiedDate"],
    "stateprovince": [*_STATE, *_STAMP],
    "address": [*_ADDRESS, *_STAMP],
}


def recognise(tables: list[RawTable]) -> Plan | None:
    """The plan, where order heads are there with their columns, and order lines or the tables that heads point to."""
    if missing(tables):
        return None
    tables = [_named(table) for table in tables]
    by_name = _usable(tables)
    parts = [_orders(by_name)]
    if "salesorderdetail" in by_name:
        parts.append(_lines(by_name))
    if "customer" in by_name:
        parts.append(_customers(by_name))
    if "product" in by_name:
        parts.append(_products(by_name))
    if {"salesreason", "salesorderheadersalesreason"} <= by_name.keys():
        parts.append(_reasons(by_name))
    used = {part.table.relation for part in parts}
    return Plan(
        profile=NAME,
        parts=parts,
        lookups=[table for table in by_name.values() if table.relation not in used],
        unused=[table for table in tables if table not in by_name.values()],
        decisions=_decisions(by_name),
        name="AdventureWorks",
        currency="USD",
        status_words=STATUS_WORDS,
    )


def missing(tables: list[RawTable]) -> str:
    """What the tables lack to be this export, in words; empty where nothing."""
    by_name = {table.stem: table for table in tables}
    lacking = []
    for name, columns in NEEDED.items():
        if name not in by_name:
            lacking.append(f"there is no file {name}")
        elif absent := [column for column in columns if column not in by_name[name].columns]:
            lacking.append(f"{by_name[name].file} has no column {', '.join(absent)}")
    if not lacking and not _usable([_named(table) for table in tables]).keys() & _BESIDE:
        lacking.append(f"beside salesorderheader there is no file {', '.join(sorted(_BESIDE))}")
    return "; ".join(lacking)


def _named(table: RawTable) -> RawTable:
    """The table under its columns' names, where it came without a header."""
    names = _HEADLESS.get(table.stem, [])
    if table.read_as.get("header") is not False or table.streamed or len(names) != len(table.columns):
        return table
    pairs = zip(table.columns, names, strict=True)
    renamed = ", ".join(f"{identifier(old)} as {identifier(new)}" for old, new in pairs)
    return replace(table, relation=f"(select rowid, * rename ({renamed}) from {table.relation})", columns=names)


def _decisions(tables: dict[str, RawTable]) -> list[str]:
    """What was settled, and what the pages will lack because a table is not there."""
    said = ["Amounts are in US dollars already, whatever CurrencyRateID says; nothing was converted."]
    if "salesterritory" in tables:
        said.append("Region is the order's sales territory and continent that territory's group.")
    if {"address", "stateprovince"} <= tables.keys():
        said.append("City and country are where the order was shipped to.")
    else:
        said.append("There is no Address or no StateProvince: where orders went is not known.")
    if "salesorderdetail" in tables:
        said.append("Revenue of an order is TotalDue (tax and freight included), net amount of a line LineTotal.")
        said.append(
            "A line's cost is the product's cost on the order's day (ProductCostHistory), its StandardCost where no "
            "period fits."
            if "product" in tables
            else "There is no Product: products have their number for a name, and no category or cost."
        )
    else:
        said.append("Revenue of an order is TotalDue (tax and freight included), its net amount SubTotal.")
        said.append("There is no SalesOrderDetail: what was bought, how many and at what cost is not known.")
    if "customer" not in tables:
        said.append("There is no Customer: customers have their number only, and are those who bought.")
    elif "store" in tables:
        said.append("A store's name stands before its contact's.")
    if not {"salesreason", "salesorderheadersalesreason"} <= tables.keys():
        said.append("There is no SalesReason or no SalesOrderHeaderSalesReason: why orders were placed is not known.")
    return said


def _usable(tables: list[RawTable]) -> dict[str, RawTable]:
    wanted = NEEDED | _OPTIONAL
    return {
        table.stem: table for table in tables if table.stem in wanted and set(wanted[table.stem]) <= set(table.columns)
    }


def _orders(tables: dict[str, RawTable]) -> Part:
    header = tables["salesorderheader"]
    fields = {"order_id": "t.SalesOrderID", "order_date": "t.OrderDate", "customer_id": "t.CustomerID"}
    fields["total_amount"] = "t.TotalDue"
    if "salesorderdetail" not in tables and "SubTotal" in header.columns:
        fields["net_amount"] = "t.SubTotal"
    joins = [f"{header.relation} t"]
    if "Status" in header.columns:
        fields["status"] = "t.Status"
    if "OnlineOrderFlag" in header.columns:
        online = "lower(t.OnlineOrderFlag) in ('1', 'true')"
        fields["channel"] = f"case when {online} then 'Online' when t.OnlineOrderFlag is not null then 'Reseller' end"
    if "salesterritory" in tables and "TerritoryID" in header.columns:
        joins.append(f"left join {tables['salesterritory'].relation} y on y.TerritoryID = t.TerritoryID")
        fields |= {"region": "y.Name", "continent": 'y."Group"'}
    if {"address", "stateprovince"} <= tables.keys() and "ShipToAddressID" in header.columns:
        joins.append(f"left join {tables['address'].relation} a on a.AddressID = t.ShipToAddressID")
        joins.append(f"left join {tables['stateprovince'].relation} s on s.StateProvinceID = a.StateProvinceID")
        fields |= {"city": "a.City", "state": "s.Name", "country": "trim(s.CountryRegionCode)"}
        if "countryregion" in tables:
            code = "trim(s.CountryRegionCode)"
            joins.append(f"left join {tables['countryregion'].relation} c on trim(c.CountryRegionCode) = {code}")
            fields["country"] = f"coalesce(c.Name, {code})"
    columns = {"order_id": "SalesOrderID", "order_date": "OrderDate", "total_amount": "TotalDue"}
    if "net_amount" in fields:
        columns["net_amount"] = "SubTotal"
    return Part("orders", header, fields, columns, " ".join(joins))


def _lines(tables: dict[str, RawTable]) -> Part:
    detail = tables["salesorderdetail"]
    fields = {
        "order_id": "t.SalesOrderID",
        "line_number": "t.SalesOrderDetailID",
        "product_id": "t.ProductID",
        "quantity": "t.OrderQty",
        "net_amount": "t.LineTotal",
    }
    joins = [f"{detail.relation} t"]
    if "product" in tables:
        joins.append(f"left join {tables['product'].relation} p on p.ProductID = t.ProductID")
        cost = "p.StandardCost"
        if "productcosthistory" in tables:
            joins.append(f"left join {tables['salesorderheader'].relation} h on h.SalesOrderID = t.SalesOrderID")
            joins.append(_cost_on_the_day(tables["productcosthistory"].relation))
            cost = "coalesce(u.StandardCost, p.StandardCost)"
        amount = "DECIMAL(18,4)"
        fields["cost_amount"] = f"try_cast(t.OrderQty as {amount}) * try_cast({cost} as {amount})"
    columns = {"net_amount": "LineTotal", "quantity": "OrderQty", "cost_amount": "OrderQty × StandardCost"}
    return Part("lines", detail, fields, columns, " ".join(joins))


def _cost_on_the_day(relation: str) -> str:
    """The cost whose period holds the order's day; the latest start where periods overlap."""
    day = "left(h.OrderDate, 10)"
    return (
        f"left join lateral (select StandardCost from {relation} where ProductID = t.ProductID"
        f" and left(StartDate, 10) <= {day} and (EndDate is null or EndDate = '' or left(EndDate, 10) >= {day})"
        " order by StartDate desc limit 1) u on true"
    )


def _customers(tables: dict[str, RawTable]) -> Part:
    joins = [f"{tables['customer'].relation} t"]
    names = []
    if "store" in tables:
        joins.append(f"left join {tables['store'].relation} s on s.BusinessEntityID = t.StoreID")
        names.append("s.Name")
    if "person" in tables:
        joins.append(f"left join {tables['person'].relation} p on p.BusinessEntityID = t.PersonID")
        names.append("nullif(concat_ws(' ', p.FirstName, p.LastName), '')")
    fields = {"customer_id": "t.CustomerID"}
    if names:
        fields["customer_name"] = f"coalesce({', '.join(names)})"
    fields["customer_type"] = "case when nullif(t.StoreID, '') is null then 'person' else 'store' end"
    return Part("customers", tables["customer"], fields, {}, " ".join(joins))


def _products(tables: dict[str, RawTable]) -> Part:
    joins = [f"{tables['product'].relation} t"]
    fields = {"product_id": "t.ProductID", "product_name": "t.Name"}
    if {"productsubcategory", "productcategory"} <= tables.keys():
        subcategory, category = tables["productsubcategory"].relation, tables["productcategory"].relation
        joins.append(f"left join {subcategory} s on s.ProductSubcategoryID = t.ProductSubcategoryID")
        joins.append(f"left join {category} c on c.ProductCategoryID = s.ProductCategoryID")
        fields |= {"subcategory": "s.Name", "category": "c.Name"}
    return Part("products", tables["product"], fields, {}, " ".join(joins))


def _reasons(tables: dict[str, RawTable]) -> Part:
    link, reason = tables["salesorderheadersalesreason"], tables["salesreason"]
    fields = {"order_id": "t.SalesOrderID", "reason_id": "t.SalesReasonID", "reason_name": "r.Name"}
    fields["reason_type"] = "r.ReasonType"
    source = f"{link.relation} t left join {reason.relation} r on r.SalesReasonID = t.SalesReasonID"
    return Part("reasons", link, fields, {}, source)
