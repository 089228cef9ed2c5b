"""What makes a file beside the page: how far it is, cancelled, refused; and for whom customer lists are."""

import asyncio
import io
import logging
from collections.abc import Callable

import pytest
from pptx import Presentation
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, DeferredFileRequestPayload
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from core import charts, formats, reports, take, theme, ui_method, ui_take, warehouse
from core.filters import Filter
from core.star import Refused
from core.ui_method import Subject
from core.ui_view import View


def made(write: Callable) -> tuple[bytes | None, ui_take._Making]:
    making = ui_take._Making()
    try:
        return ui_take._maker("pptx", making, write, formats.Style("de-DE"))(), making
    except Refused:
        return None, making


def overview() -> None:
    import os

    from core import ui_take, warehouse
    from core.filters import Filter

    ui_take.take_along("Overview", warehouse.open_mart(os.environ["QUINTILE_DATA"]), Filter())


def test_a_file_says_its_stages_in_order_and_ends(sample):
    heard = []

    def write(stream: io.BytesIO, kind: str, hear: Callable) -> None:
        def told(stage: str, share: float) -> None:
            hear(stage, share)
            heard.append((stage, share))

        take.write("Recommendations", warehouse.open_mart(sample), Filter(), stream, kind, None, told)

    content, making = made(write)
    assert len(Presentation(io.BytesIO(content)).slides) > 3
    assert [share for _, share in heard] == sorted(share for _, share in heard)
    assert heard[0] == ("Drawing Whom to contact", 0.0)
    assert heard[-1] == ("Ready", 1.0)
    assert (making.stage, making.refusal) == ("", "")


def test_a_file_is_written_as_the_viewer_reads(sample):
    def write(stream: io.BytesIO, kind: str, hear: Callable) -> None:
        take.write("Recommendations", warehouse.open_mart(sample), Filter(), stream, kind, None, hear)

    content, _ = made(write)
    said = [shape.text_frame.text for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes
            if shape.has_text_frame]  # fmt: skip
    assert any("1,8\N{NO-BREAK SPACE}M" in text for text in said)


def test_a_cancelled_file_is_not_written_and_can_be_asked_for_again(monkeypatch):
    monkeypatch.setattr(ui_take, "GOODBYE", 0)

    def write(stream: io.BytesIO, kind: str, hear: Callable) -> None:
        hear("Drawing", 0.1)
        making.is_wanted = False
        hear("Writing", 0.2)
        stream.write(b"never")

    making = ui_take._Making()
    make = ui_take._maker("pdf", making, write, formats.Style())
    for _ in range(2):
        with pytest.raises(Refused, match=r"^Cancelled; nothing was written\.$"):
            make()
        assert (making.stage, making.refusal) == ("", "Cancelled; nothing was written.")


def test_cancelling_replaces_the_button_that_waits_and_lets_others_begin(monkeypatch, sample):
    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    app = AppTest.from_function(overview, default_timeout=60)
    making = ui_take._Making()
    making.begin()
    app.session_state["take"], app.session_state["take_making"] = True, making
    app.run()
    waiting = {button.proto.id for button in app.get("download_button")}
    app.button(key="take_cancel").click().run()
    assert not app.exception
    assert app.caption[0].value == "Cancelled; nothing was written."
    assert len(app.get("download_button")) == len(waiting) == 3
    assert waiting.isdisjoint(button.proto.id for button in app.get("download_button"))
    app.session_state["take_making"].begin()  # another one, while the first has not yet heard of it
    with pytest.raises(Refused, match=r"^Cancelled"):
        making.hear("Drawing", 0.5)


def test_what_is_refused_is_said():
    def write(stream: io.BytesIO, kind: str, hear: Callable) -> None:
        raise Refused("Nothing was sold under this filter; lift a part of it.")

    content, making = made(write)
    assert content is None
    assert making.refusal == "Nothing was sold under this filter; lift a part of it."


@pytest.mark.parametrize(("analyst", "offered"), [("1", True), ("", False)])
def test_customer_lists_are_for_analysts(monkeypatch, sample, analyst, offered):
    monkeypatch.setenv("QUINTILE_ANALYST", analyst)

    def page() -> None:
        import os

        from core import ui_take, warehouse
        from core.filters import Filter

        ui_take.customer_lists(warehouse.open_mart(os.environ["QUINTILE_DATA"]), Filter.of(segment="At Risk"), key="x")

    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["x_popover"] = True
    app.run()
    assert not app.exception
    labels = [button.label for button in app.get("download_button")]
    assert labels == (["Mailchimp", "HubSpot", "Klaviyo", "Salesforce"] if offered else [])
    said = [caption.value.replace("\\:", ":") for caption in app.caption]
    assert said == (
        ["685 customers, none with an e-mail address in the data: they stand by their customer id. Mailchimp takes no "
         "contact without an address."] if offered else []
    )  # fmt: skip


def test_a_chart_as_a_file_is_written_as_the_viewer_reads(sample):
    mart = warehouse.open_mart(sample)
    view = View("Overview", mart, Filter())
    rows = reports.run("segments", mart, Filter())
    with formats.written_in(formats.Style("en-US", "EUR")):
        subject = Subject("Segments", ("segments",), draw=lambda: charts.segments(rows, theme.load("light")))
        make = ui_method._picture(view, subject, "svg")
    assert "as of Sep 17, 2026" in make().decode()


def test_a_finished_file_is_kept_until_the_browser_has_it(monkeypatch, sample):
    name = "overview_as-of-2026-09-17.pdf"
    keeper = MediaFileManager(MemoryMediaFileStorage("/media"))
    waiting = keeper.add_deferred(lambda: b"%PDF", ui_take._MIMES["pdf"], "button", name)
    file = keeper.execute_deferred(waiting).rpartition("/")[2]
    for _ in range(2):  # two ends of runs, such as those of the progress that is drawn twice a second
        keeper.remove_orphaned_files()
    assert keeper.read_file(file) is None

    monkeypatch.setenv("QUINTILE_DATA", str(sample))
    app = AppTest.from_function(overview, default_timeout=60)
    app.session_state["take"], app.session_state["take_making"] = True, ui_take._Making(made=(name, "pdf", b"%PDF"))
    app.run()
    assert not app.exception
    again = app.get("download_button")[-1].proto
    assert (again.label, again.url.rpartition("/")[2]) == ("Save it again", file)
    assert [button.label for button in app.get("download_button")[:-1]] == ["PowerPoint", "PDF", "Excel"]
    app.session_state["take_making"].made = ("overview_france_as-of-2026-09-17.pdf", "pdf", b"%PDF")
    assert len(app.run().get("download_button")) == 3  # what was made of another view is not offered under this one
    app.session_state["take"] = False
    app.run()
    assert app.session_state["take_making"].made is None


def test_a_file_that_is_made_is_at_hand_until_the_next_one_begins():
    making = ui_take._Making()
    assert (
        ui_take._maker("pdf", making, lambda stream, kind, hear: stream.write(b"%PDF"), formats.Style(), "a.pdf")()
        == b"%PDF"
    )
    assert (making.made, making.stage) == (("a.pdf", "pdf", b"%PDF"), "")
    making.begin()
    assert making.made is None


def test_what_is_refused_leaves_one_line_in_the_log_and_a_fault_its_traceback(caplog, monkeypatch):
    def refused() -> bytes:
        raise Refused("Cancelled; nothing was written.")

    log = logging.getLogger("streamlit.runtime.backend_operation_handler")
    monkeypatch.setattr(log, "handlers", [caplog.handler])
    monkeypatch.setattr(log, "propagate", False)
    keeper = MediaFileManager(MemoryMediaFileStorage("/media"))
    for make in (refused, lambda: 1 / 0):
        waiting = keeper.add_deferred(make, None, "button", "overview.pdf")
        request = BackendOperationRequest(request_id="1", deferred_file=DeferredFileRequestPayload(file_id=waiting))
        asyncio.run(DeferredFileHandler(lambda: keeper).handle(request, "session"))
    said, fault = [record for record in caplog.records if record.name == log.name]
    assert (said.levelname, said.getMessage()) == ("INFO", "No file was made: Cancelled; nothing was written.")
    assert said.exc_info is None
    assert fault.levelname == "ERROR"
    assert isinstance(fault.exc_info[1].__cause__, ZeroDivisionError)


def test_a_comparison_of_one_side_alone_is_not_offered(monkeypatch, mart_of):
    def page() -> None:
        import streamlit as st

        from core import ui_take
        from core.filters import Filter

        for key in ("year:2026", "month:2026-01"):
            ui_take.take_along("Compare", st.session_state["mart"], Filter.of(compare=key))

    mart = mart_of([("1", "2026-01-05", "A", "10"), ("2", "2026-02-05", "A", "30")])
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["mart"] = mart
    app.run()
    assert not app.exception
    assert len(app.get("popover")) == 1
