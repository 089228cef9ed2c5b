"""What a session has brought and how far it has come with it: files, the proposal, the import, its star."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from core import exports, ui_data_profile, ui_data_work, ui_state, uploads, warehouse
from core.filters import Filter
from core.star import Refused
from core.ui_data_work import Work

_DESK, _UPLOADS = "desk", "uploads_so_far"
_PATIENCE = 1.5  # seconds: what is ready by then needs no progress
_PAGES_SHARE = 0.9  # of an import's bar, after which the pages are prepared


@dataclass
class Desk:
    """One export on its way to a star. `source` is a file or a folder; `rounds` counts the proposals, for keys.

    `questions` are all that came up so far, so that an answer can be changed.
    """

    folder: Path
    source: Path
    names: list[str]
    mapping: dict[str, str] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    questions: dict[str, dict] = field(default_factory=dict)
    rounds: int = 0
    reading: Work = field(default_factory=Work)
    importing: Work | None = None
    star: Path | None = None
    appended: bool = False
    refusal: str = ""

    @property
    def proposal(self) -> dict | None:
        """How the files would be understood, once they have been read."""
        return self.reading.result if self.reading.is_over else None

    @property
    def is_answered(self) -> bool:
        """Whether every question that came up has its answer."""
        return all(key in self.mapping for key in self.questions)

    @property
    def title(self) -> str:
        """A first name for the data."""
        return self.names[0].split(".")[0].replace("_", " ").strip() or "My data"


def current() -> Desk | None:
    """What this session has on its desk."""
    return st.session_state.get(_DESK)


def upload_key(part: str) -> str:
    """The key of an uploader, another one for each export, so that it starts empty."""
    return f"{part}_{st.session_state.get(_UPLOADS, 0)}"


def take_uploads() -> None:
    """Put what was uploaded into a private folder, and begin to read it."""
    uploaded = st.session_state.get(upload_key("upload")) or []
    if uploaded:
        with _refusing():
            exported = [file for file in uploaded if not file.name.endswith(ui_data_profile.ENDING)]
            remembered = [file for file in uploaded if file not in exported]
            if not exported:
                raise Refused("Remembered columns alone are no data; upload the export together with them.")
            mapping = ui_data_profile.read(remembered[0].name, remembered[0].getvalue()) if remembered else {}
            folder = uploads.new_folder()
            files = [uploads.put(folder, file.name, file.getbuffer()) for file in exported]
            source = files[0] if len(files) == 1 else folder / uploads.FILES
            _begin(Desk(folder, source, [file.name for file in files], mapping))


def take_server_path(key: str) -> None:
    """Begin to read a file or folder of the server."""
    given = st.session_state.get(key)
    if given:
        with _refusing():
            source = uploads.inside(given)
            if uploads.is_star(source):
                use(source)
            else:
                _begin(Desk(uploads.new_folder(), source, [source.name]))


def read(desk: Desk) -> None:
    """Read the files and propose what they mean, beside the page."""
    source, mapping, keep = desk.source, dict(desk.mapping), tuple(desk.keep)

    def task(work: Work) -> dict:
        work.hear("reading and understanding", 0.0)
        return exports.preview(source, mapping=mapping, keep=keep)

    desk.reading.cancel.set()
    desk.rounds += 1
    desk.reading = ui_data_work.start(task)
    desk.reading.wait(_PATIENCE)


def map_field(desk: Desk, field_name: str, key: str) -> None:
    """Take the column that a drop-down says, or an answer, for a field, and propose anew."""
    desk.mapping[field_name] = st.session_state[key] or ""
    read(desk)


def keep_columns(desk: Desk, key: str) -> None:
    """Take other personal columns along, and propose anew."""
    desk.keep = list(st.session_state[key])
    read(desk)


def start_import(desk: Desk, append_to: Path | None, targets: Path | None, asked: Mapping[str, object]) -> None:
    """Make a star of the files, or add them to one, beside the page."""
    source, mapping, keep = desk.source, dict(desk.mapping), tuple(desk.keep)
    to = append_to or desk.folder / "star"

    def task(work: Work) -> dict:
        def hear(stage: str, share: float) -> None:
            work.hear(stage, share * _PAGES_SHARE)

        if uploads.is_private(to):
            uploads.forget_prepared(to)
        try:
            work.result = exports.import_export(
                source, to, mapping=mapping, keep=keep, targets=targets, append=append_to is not None,
                progress=hear, cancel=work.cancel, **asked,
            )  # fmt: skip
        except Refused as refused:
            if choices := getattr(refused, "choices", None):  # dates further down than the proposal looked
                desk.questions["date_order"] = {"key": "date_order", "text": str(refused), "choices": choices}
            raise
        work.hear("preparing the pages", _PAGES_SHARE)
        mart = warehouse.open_mart(to)
        if uploads.is_private(to):
            os.chmod(mart.path, 0o600)
        work.hear("done", 1.0)
        return work.result

    desk.star, desk.appended = to, append_to is not None
    desk.importing = ui_data_work.start(task)
    desk.importing.wait(_PATIENCE / 3)


def put_targets(desk: Desk, name: str, content: bytes) -> Path:
    """Store targets beside the files, never among them: they are no orders."""
    folder = desk.folder / "targets"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / uploads.file_name(name)
    file.write_bytes(content)
    return file


def cancel(desk: Desk) -> None:
    """Stop what runs. A proposal is simply not waited for; an import changes nothing."""
    if desk.importing:
        desk.importing.cancel.set()
    else:
        clear()


def back_to_proposal(desk: Desk) -> None:
    """From the end of an import back to the choices before it."""
    desk.importing = None


def clear() -> None:
    """Take everything off the desk; what is not in use goes at once, not only after a day."""
    desk = st.session_state.pop(_DESK, None)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    if desk is None:
        return
    desk.reading.cancel.set()
    if ui_state.star_in_use().is_relative_to(desk.folder):
        uploads.discard_files(desk.folder)
    else:
        uploads.discard(desk.folder)


def use(folder: Path) -> None:
    """Open the app on a star, in this session alone, under no filter."""
    st.session_state[ui_state.STAR] = str(folder)
    ui_state.replace(Filter())


def use_default() -> None:
    """Open the app on its own data again."""
    st.session_state.pop(ui_state.STAR, None)
    ui_state.replace(Filter())


def may_append() -> bool:
    """Whether this viewer may add to the star in use: the own upload, or as an analyst one in the server's folders."""
    folder = ui_state.star_in_use()
    if uploads.is_private(folder):
        return True
    with contextlib.suppress(Refused):
        return uploads.inside(folder).is_dir()
    return False


def refusal() -> str:
    """Why nothing came onto the desk, where that is so."""
    return st.session_state.get("desk_refusal", "")


def columns_by_file(proposal: Mapping) -> dict[str, Sequence[str]]:
    """Each file's columns."""
    return {file["file"]: file["columns"] for file in proposal["files"]}


@contextlib.contextmanager
def _refusing():
    """A refusal becomes a sentence on the page."""
    st.session_state["desk_refusal"] = ""
    try:
        yield
    except Refused as refused:
        st.session_state["desk_refusal"] = str(refused)


def _begin(desk: Desk) -> None:
    st.session_state[_DESK] = desk
    read(desk)
