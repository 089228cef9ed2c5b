"""What was chosen in words and as a file's name: customers by name, what is long with a count, no word cut."""

import pytest

from core import choice_words, reports, warehouse
from core.filters import Filter


@pytest.fixture(scope="module")
def mart(sample) -> warehouse.Mart:
    return warehouse.open_mart(sample)


@pytest.mark.parametrize(
    ("chosen", "words", "file"),
    [
        (Filter(), "", "monthly_as-of-2026-09-17.pptx"),
        (Filter.of(month="2026-08"), "", "monthly_2026-08_as-of-2026-09-17.pptx"),
        (
            Filter.of(month="2026-08", segment="Champions"),
            "Segment: Champions",
            "monthly_champions_2026-08_as-of-2026-09-17.pptx",
        ),
        (
            Filter.of(tier="Top Clients", country=["Germany", "Italy"], top_cut="0.7"),
            "Tier: Top Clients; Country: Germany or Italy; Top Clients end at: 70.00%",
            "monthly_top-clients_germany_italy_and-1-more_as-of-2026-09-17.pptx",
        ),
        (
            Filter.of(recency_score=["4", "5"], from_="2026-01-01"),
            "Recency score: 4 or 5",
            "monthly_recency_score-4_recency_score-5_and-1-more_as-of-2026-09-17.pptx",
        ),
        (
            Filter.of(compare=["segment:At Risk", "segment:Loyal"]),
            "",
            "monthly_at-risk-against-loyal_as-of-2026-09-17.pptx",
        ),
        (
            Filter.of(region="Île / \\:*?\"<>| Ποδήλατα"),
            "Region: Île / \\:*?\"<>| Ποδήλατα",
            "monthly_île-ποδήλατα_as-of-2026-09-17.pptx",
        ),
    ],
)  # fmt: skip
def test_what_is_chosen_in_words_and_as_a_file(mart, chosen, words, file):
    assert choice_words.choice(mart, chosen) == words
    assert choice_words.file_name("Monthly", mart, chosen, "pptx") == file


@pytest.mark.parametrize(
    ("title", "file"),
    [
        ("revenue_by_subcategory_segment", "revenue_by_subcategory_segment_germany_as-of-2026-09-17.csv"),
        ("% of revenue by segment and country", "of-revenue-by-segment-and-country_germany_as-of-2026-09-17.csv"),
        ("Days to St. Gallen.", "days-to-st.-gallen_germany_as-of-2026-09-17.csv"),
        ("I\u0302le", "\xeele_germany_as-of-2026-09-17.csv"),  # one letter, however it is written
    ],
)
def test_what_a_file_holds_stands_first_in_its_name(mart, title, file):
    assert choice_words.file_name(title, mart, Filter.of(country="Germany"), "csv") == file


def test_customers_are_named_and_many_are_counted(mart):
    ids = reports.choices(mart)["customer"][:900]
    names = reports.customer_names(mart, tuple(ids[:2]))
    assert choice_words.choice(mart, Filter.of(customer=ids[:1])) == f"Customer: {names[ids[0]]}"
    said = choice_words.choice(mart, Filter.of(customer=ids))
    shown = said.removeprefix("Customer: ").rpartition(" and ")[0].split(" or ")
    assert shown == list(reports.customer_names(mart, tuple(ids[: len(shown)])).values())
    assert said.endswith(f" and {900 - len(shown)} more")
    assert len(said) < 110
    file = choice_words.file_name("Customers", mart, Filter.of(customer=ids), "xlsx")
    shown = file.removeprefix("customers_").partition("_and-")[0].split("_")
    assert f"_and-{900 - len(shown)}-more_as-of-2026-09-17.xlsx" in file


def test_many_filters_are_counted_and_no_word_is_cut(mart):
    segments = ["Champions", "Cannot Lose Them", "Hibernating customers", "Need Attention", "Promising"]
    chosen = Filter.of(segment=segments, tier="Less Profitable Clients", country="Germany", category="Bikes",
                       reason="Price")  # fmt: skip
    assert choice_words.choice(mart, chosen) == (
        "Segment: Champions or Cannot Lose Them or Hibernating customers and 2 more; Tier: Less Profitable Clients; "
        "and 3 more filters"
    )
    assert (
        choice_words.shortened("Bicycles and parts for the whole of Scandinavia", 30) == "Bicycles and parts for the …"
    )
    file = choice_words.file_name("Bicycles and parts for the whole of Scandinavia", mart, Filter(), "pptx")
    assert file == "bicycles-and-parts-for-the-whole-of_as-of-2026-09-17.pptx"


@pytest.mark.parametrize("letter", ["東", "\U00020000"])
def test_a_file_of_the_longest_names_fits_every_file_system(mart, letter):
    file = choice_words.file_name(letter * 300, mart, Filter.of(region=[letter * 300, "x"] * 9), "xlsx")
    assert len(file.encode()) <= 255
