"""What a page sees of the data, and what it would see one click on."""

import datetime
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, islice, zip_longest

import pandas as pd

from core import ahead, formats, insights, periods, reports, ui_period, ui_picks, ui_state
from core.charts.style import Drawn
from core.filters import Filter, Level
from core.formats import Format, Style
from core.warehouse import Mart

_log = logging.getLogger(__name__)
_asked: dict[str, dict[tuple[str, tuple[str, ...]], bool]] = {}  # by page: report, and the keys lifted for it
_AHEAD = 48  # views, unless QUINTILE_AHEAD says how many
Make = Callable[["View", Filter, str], object]


@dataclass(frozen=True)
class Offer:
    """What makes a part of a page in another view, told that view, what is chosen in it and the theme's mode; and the
    chart, where it is one, with the keys that a click on its marks chooses.
    """

    make: Make
    chart: Drawn | None = None
    picks: Sequence[str] = ()


@dataclass(frozen=True)
class View:
    """What a page sees: the mart, and the Filter with the page's own period where the viewer has chosen none."""

    title: str
    mart: Mart
    filter: Filter
    lifted: tuple[str, ...] | None = ()  # keys of the page's own Filter; None where it is another one
    default_period: str | None = None
    offers: dict[str, Offer] = field(default_factory=dict, compare=False, repr=False)  # by part of the page

    def run(self, name: str, **changes: str | Iterable[str] | None) -> pd.DataFrame:
        """The rows of a report under the view's Filter with some keys set anew. Shared: never write into them."""
        if self.lifted is not None and not changes:
            _asked.setdefault(self.title, {})[name, self.lifted] = True
        return reports.run(name, self.mart, self.filter.choose(**changes))

    def without(self, *keys: str) -> "View":
        """This view with some keys lifted, as a chart that chooses them shows it."""
        lifted = None if self.lifted is None else (*self.lifted, *keys)
        return replace(self, filter=self.filter.without(*keys), lifted=lifted)

    def fetch(self) -> None:
        """Have the reports that this page asked for before run beside it, under this Filter."""
        for name, lifted in list(_asked.get(self.title, ())):
            reports.fetch(name, self.mart, self.filter.without(*lifted))

    def offer(self, part: str, offer: Offer) -> None:
        """Take note of a part of this page, and have made ahead what all of them show one click on.

        Of a view that is not the page's own nothing can be made ahead.
        """
        if self.lifted is None or not self.mart.is_small:
            return
        self.offers[part] = offer
        ahead.plan(_ahead(self, ui_state.current(), ui_state.theme_mode(), formats.style()))

    def in_year(self) -> "View":
        """The same choice over the whole (fiscal) year that the period ends in, as far as the data goes."""
        spans = periods.of_filter(self.mart, self.filter).spans
        year = periods.year_of(spans[-1].last if spans else self.mart.as_of, self.mart.fiscal_year_start)
        return replace(self, filter=self.filter.without_level(Level.PERIOD).choose(year=str(year)), lifted=None)

    @property
    def chosen(self) -> "View":
        """This view without the page's own period: what the viewer has chosen, as pages without a period show it."""
        return replace(self, filter=ui_state.current(), lifted=None)

    def in_year_or_period(self) -> "View":
        """This view where a period is chosen, else the year: what sums to date run over."""
        return self if self.filter.has(Level.PERIOD) else self.in_year()

    @property
    def period(self) -> str:
        """The period in words."""
        return ui_period.period_label(self.mart, self.filter)

    @property
    def month(self) -> str:
        """The month in view, in words."""
        return formats.exact(periods.month_in_view(self.mart, self.filter), Format.MONTH)

    @property
    def thin_months(self) -> tuple[datetime.date, ...]:
        """The first days of the months that look incomplete."""
        months = periods.months_of(self.mart)
        return tuple(months.month[months.is_thin])

    def has(self, what: str) -> bool:
        """Whether the data has costs, places, products, reasons, targets or channels."""
        return bool(self.mart.summary[f"has_{what}"])


def with_period(mart: Mart, chosen: Filter, default_period: str | None) -> Filter:
    """What is chosen, over the page's own period where no period is chosen: "year" (to date) or "month" (in view)."""
    if chosen.has(Level.PERIOD) or default_period is None:
        return chosen
    if default_period == "month":
        return chosen.choose(month=periods.month_in_view(mart, chosen).strftime("%Y-%m"))
    return chosen.choose(year=str(periods.year_of(mart.as_of, mart.fiscal_year_start)))


def _ahead(view: View, chosen: Filter, mode: str, style: Style) -> Iterator[Callable[[], object]]:
    """Steps that make a page in the views one click on."""
    for following in islice(_one_click_on(view, chosen), _at_most(os.environ.get("QUINTILE_AHEAD", ""))):
        other = replace(view, filter=with_period(view.mart, following, view.default_period), offers={})
        runs = (partial(reports.run, name, other.mart, other.filter.without(*lifted))
                for name, lifted in list(_asked.get(view.title, ())))  # fmt: skip
        sentence = partial(insights.sentence, view.title, other.mart, other.filter)
        makes = (partial(offer.make, other, following, mode) for offer in list(view.offers.values()))
        for step in chain(runs, (sentence,), makes):
            yield partial(_written_in, style, step)


@cache
def _at_most(said: str) -> int:
    """How many views are made ahead, as QUINTILE_AHEAD says; the server's log tells once what is no such number."""
    if said and not said.isdecimal():
        _log.warning("QUINTILE_AHEAD is %r, not a whole number from 0: %d views are made ahead", said, _AHEAD)
    return int(said) if said.isdecimal() else _AHEAD


def _written_in(style: Style, step: Callable[[], object]) -> None:
    with formats.written_in(style):
        step()


def _one_click_on(view: View, chosen: Filter) -> Iterator[Filter]:
    """What is chosen after a click on each mark that says one thing: of every chart in turn, from both ends, for bars
    fall and months rise.
    """
    seen = {chosen}
    clicks = [
        ui_picks.one_click_on(offer.chart.marks, offer.picks, view.mart, chosen)
        for offer in list(view.offers.values())
        if offer.chart
    ]
    ends = (
        [one for pair in zip(after, reversed(after), strict=True) for one in pair][: len(after)] for after in clicks
    )
    for following in chain(*zip_longest(*ends)):
        if following is not None and following not in seen:
            seen.add(following)
            yield following
