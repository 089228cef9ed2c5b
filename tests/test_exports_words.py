"""What an export's words mean: names of columns in their many forms, states of an order, kinds of documents."""

import pytest

from core.exports import statuses, vocabulary


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Order ID", "order_id"),
        ("id_order", "order_id"),  # its words in another order
        ("# de venta", "order_id"),
        ("Created date (UTC)", "order_date"),
        ("Rechnungsadresse Ort", "city"),  # whose it is, before
        ("Order Lines/Subtotal", "subtotal"),  # where it hangs, before
        ("Ingresos por productos (ARS)", "net_amount"),
        ("VK Netto", "unit_price"),
        ("Line Amount Excl. VAT", "net_amount"),
        ("Order Total (inc tax)", "total_amount"),
        ("Quantitty", "quantity"),  # misspelt
        ("shop_order_number", "order_id"),
        ("Cancelled at", "cancelled_date"),
    ],
)
def test_a_name_means_a_field(name, field):
    found = vocabulary.fields_of(name)
    assert max(found, key=found.get) == field


def test_of_two_totals_the_one_with_tax_is_taken_and_of_two_prices_the_one_without():
    with_tax, without = "Order Total (inc tax)", "Order Total (ex tax)"
    assert vocabulary.fields_of(with_tax)["total_amount"] > vocabulary.fields_of(without)["total_amount"]
    assert vocabulary.fields_of("VK Netto")["unit_price"] > vocabulary.fields_of("VK Brutto")["unit_price"]


@pytest.mark.parametrize("name", ["Shipping tax total", "ProductSubcategoryKey", "Colour", ""])
def test_a_name_that_says_something_else_means_no_field(name):
    assert not set(vocabulary.fields_of(name)) - {"tax_amount"}


def test_a_name_of_two_fields_means_both():
    assert set(vocabulary.fields_of("Estado")) == {"state", "status"}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Resolved", "sold"),
        ("Awaiting Fulfillment", "sold"),  # it is paid
        ("Awaiting Payment", "pending"),
        ("Incomplete", "pending"),
        ("processing", "sold"),
        ("In Process", "pending"),
        ("Closed Won", "sold"),
        ("Closed Lost", "cancelled"),
        ("Quotation", "pending"),
        ("PartiallyShipped", "sold"),
        ("partially_refunded", "sold"),
        ("Shipped - Returned to Seller", "returned"),
        ("Venta cancelada", "cancelled"),
        ("Annulé", "cancelled"),
        ("rückerstattet", "returned"),
        ("Gutschrift", "returned"),
        ("Bezahlt", "sold"),
        ("nicht bezahlt", "pending"),
        ("Tokyo", None),  # it holds an ok
        ("Xyz", None),
    ],
)
def test_a_word_stands_for_a_status(word, status):
    assert statuses.status_of(word) == status


@pytest.mark.parametrize("word", ["Credit Memo", "CreditNote", "Gutschrift", "Avoir", "Nota de crédito", "SC"])
def test_credit_notes_give_money_back(word):
    assert statuses.is_credit(word)


@pytest.mark.parametrize("word", ["Invoice", "Rechnung", "Refunded", "Credit Card", "Scrap"])
def test_other_words_are_no_credit_notes(word):
    assert not statuses.is_credit(word)
