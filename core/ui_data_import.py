"""The import of what a session has brought: what it asks, what runs beside the page, the stars it makes."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from core import exports, ui_data_desk, ui_data_work, ui_state, uploads, warehouse
from core.exports.currencies import SPLIT, Mixed
from core.exports.dates import Ambiguous
from core.ui_data_desk import PATIENCE, Desk
from core.ui_data_work import PAGES_FROM, Work


def start_import(desk: Desk, append_to: Path | None, targets: Path | None, asked: Mapping[str, object]) -> None:
    """Make a star of the files, or one of each currency, or add them to one, beside the page."""
    for star in desk.stars:  # of an import before this one
        if uploads.is_private(star) and star != append_to and star != ui_state.star_in_use():
            uploads.discard_star(star)
    desk.imports += 1
    to = append_to or desk.folder / f"star-{desk.imports}"
    options = ui_data_desk.asked(desk) | {"targets": targets} | dict(asked)

    def task(work: Work) -> dict[Path, dict]:
        told = options | {"progress": work.hear_importing, "cancel": work.cancel}
        if uploads.is_private(to):
            uploads.forget_prepared(to)
        try:
            if told.get("currency") == SPLIT:
                del told["currency"]
                work.result = exports.import_each_currency(desk.source, to, **told)
            else:
                account = exports.import_export(desk.source, to, append=append_to is not None, **told)
                work.result = {to: account}
        except (Ambiguous, Mixed) as asking:  # further down than the proposal looked
            _ask(desk, asking)
            raise
        desk.stars = list(work.result)
        _prepare_pages(desk, work)
        return work.result

    desk.stars, desk.appended = [to], append_to is not None
    desk.importing = ui_data_work.start(task)
    desk.importing.wait(PATIENCE / 3)


def questions_of(desk: Desk) -> list[dict]:
    """All questions that came up so far: key, text, choices (value, text)."""
    if desk.proposal:
        desk.questions |= {question["key"]: question for question in desk.proposal["questions"]}
        if len(desk.proposal["currencies"]) > 1:
            desk.questions["currency"] = _currencies(desk.proposal["currencies"])
    return list(desk.questions.values())


def _ask(desk: Desk, asking: Ambiguous | Mixed) -> None:
    if isinstance(asking, Mixed):
        desk.questions["currency"] = _currencies(asking.found)
    else:
        desk.questions["date_order"] = {"key": "date_order", "text": str(asking), "choices": asking.choices}


def _currencies(found: Sequence[Sequence]) -> dict:
    rows = {code: f"{count:,} row{'' if count == 1 else 's'}" for code, count in found}
    choices = [(code, f"{code} only ({told}); the others are excluded") for code, told in rows.items()]
    return {
        "key": "currency",
        "text": "The amounts are in several currencies, which cannot be summed. What shall be loaded?",
        "choices": [*choices, (SPLIT, "Each of them, as data of its own")],
    }


def _prepare_pages(desk: Desk, work: Work) -> None:
    """Build what the pages read. A new star that was stopped here goes again; orders already added stay."""

    def hear(stage: str, share: float) -> None:
        if work.cancel.is_set() and not desk.appended:
            raise exports.Cancelled("The import was stopped; nothing was changed.")
        work.hear(f"preparing the pages: {stage.lower()}", PAGES_FROM + (1 - PAGES_FROM) * share)

    try:
        for star in desk.stars:
            hear("checking", 0.0)
            mart = warehouse.open_mart(star, progress=hear)
            if uploads.is_private(star):
                os.chmod(mart.path, 0o600)
    except exports.Cancelled:
        work.result = None
        for star in desk.stars:
            uploads.discard_star(star)
        raise
    work.hear("done", 1.0)
