"""What a session has brought and how far it has come with it: files, the proposal, the import, its star."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from core import exports, ui_data_profile, ui_data_work, ui_presence, ui_state, uploads
from core.filters import Filter
from core.star import Refused
from core.ui_data_work import Work

_DESK, _UPLOADS = "desk", "uploads_so_far"
PATIENCE = 1.5  # seconds: what is ready by then needs no progress


@dataclass
class Desk:
    """One export on its way to a star. `source` is a file or a folder; `rounds` counts the proposals and `imports` the
    imports, for names.

    `mapping` holds what was chosen by hand (FILE:FIELD, date_order), `questions` all that came up so far, so that an
    answer can be changed; `stars` are what the import makes, several where an export is split by currency.
    """

    folder: Path
    source: Path
    names: list[str]
    profile: Path | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    currency: str = ""
    keep: list[str] = field(default_factory=list)
    questions: dict[str, dict] = field(default_factory=dict)
    rounds: int = 0
    imports: int = 0
    reading: Work = field(default_factory=Work)
    importing: Work | None = None
    stars: list[Path] = field(default_factory=list)
    appended: bool = False
    refusal: str = ""
    is_cleared: bool = False

    @property
    def proposal(self) -> dict | None:
        """How the files would be understood, once they have been read."""
        return self.reading.result if self.reading.is_over else None

    @property
    def star(self) -> Path:
        """What the import makes, or the first of it."""
        return self.stars[0]

    @property
    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self.importing is not None and not self.importing.is_over

    @property
    def is_answered(self) -> bool:
        """Whether every question that came up has its answer."""
        return all(self.answer(key) for key in self.questions)

    @property
    def title(self) -> str:
        """A first name for the data."""
        return self.names[0].split(".")[0].replace("_", " ").strip() or "My data"

    def answer(self, key: str) -> str:
        """What was answered to a question, or nothing."""
        return self.currency if key == "currency" else self.mapping.get(key, "")


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
            folder = ui_presence.new_folder()
            try:
                files = [uploads.put(folder, file.name, file.getbuffer()) for file in exported]
                profile = _put_profile(folder, remembered[0]) if remembered else None
            except Refused:
                uploads.discard(folder)
                raise
            source = files[0] if len(files) == 1 else folder / uploads.FILES
            _begin(Desk(folder, source, [file.name for file in files], profile))


def take_profile(desk: Desk, key: str) -> None:
    """Read the columns as a file of remembered ones says, or, where it was taken back, without it."""
    given = st.session_state.get(key)
    with _refusing():
        desk.profile = _put_profile(desk.folder, given) if given else None
        read(desk)


def take_server_path(key: str) -> None:
    """Begin to read a file or folder of the server."""
    given = st.session_state.get(key)
    if given:
        with _refusing():
            source = uploads.inside(given)
            if uploads.is_star(source):
                use(source)
            else:
                _begin(Desk(ui_presence.new_folder(), source, [source.name]))


def read(desk: Desk) -> None:
    """Read the files and propose what they mean, beside the page."""
    source, folder, told = desk.source, desk.folder, asked(desk)

    def task(work: Work) -> dict:
        work.hear("reading and understanding", 0.0)
        try:
            return exports.preview(source, room=folder, cancel=work.cancel, **told)
        finally:
            if desk.is_cleared:  # what it wrote after that goes too
                uploads.discard(folder)

    desk.reading.cancel.set()
    desk.rounds += 1
    desk.reading = ui_data_work.start(task)
    desk.reading.wait(PATIENCE)


def map_field(desk: Desk, name: str, key: str) -> None:
    """Take the column that a drop-down says for a field of a file (FILE:FIELD), and propose anew."""
    desk.mapping[name] = st.session_state[key] or ""
    read(desk)


def answer(desk: Desk, question: str, key: str) -> None:
    """Take the answer to a question; one about dates is tried at once."""
    if question == "currency":
        desk.currency = st.session_state[key]
    else:
        map_field(desk, question, key)


def keep_columns(desk: Desk, key: str) -> None:
    """Take other personal columns along, and propose anew."""
    desk.keep = list(st.session_state[key])
    read(desk)


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
    st.session_state["desk_refusal"] = ""
    if desk is None:
        return
    desk.reading.cancel.set()
    if ui_state.star_in_use().is_relative_to(desk.folder):
        uploads.discard_files(desk.folder)
    else:
        desk.is_cleared = True
        uploads.discard(desk.folder)


def use(folder: Path) -> None:
    """Open the app on a star, in this session alone, under no filter."""
    st.session_state[ui_state.STAR] = str(folder)
    ui_state.replace(Filter())


def switch(folder: Path) -> None:
    """Open the app on a star that differs from the one in use in details alone: the filter stays."""
    st.session_state[ui_state.STAR] = str(folder)
    ui_state.replace(ui_state.current())


def use_default() -> None:
    """Open the app on its own data again."""
    st.session_state.pop(ui_state.STAR, None)
    ui_state.replace(Filter())


def may_change() -> bool:
    """Whether this viewer may change the star in use where it lies: one's own, or an analyst's in a server folder."""
    folder = ui_state.star_in_use()
    if uploads.is_private(folder):
        return True
    with contextlib.suppress(Refused):
        return uploads.inside(folder).is_dir()
    return False


def may_append() -> bool:
    """Whether this viewer may add orders to the star in use: analysts alone."""
    return uploads.is_analyst() and may_change()


def refusal() -> str:
    """Why nothing came onto the desk, where that is so."""
    return st.session_state.get("desk_refusal", "")


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


def asked(desk: Desk) -> dict[str, object]:
    """What both the proposal and the import are told."""
    return {
        "mapping": dict(desk.mapping),
        "keep": tuple(desk.keep),
        "profile": str(desk.profile) if desk.profile else None,
    }


def _put_profile(folder: Path, uploaded) -> Path:
    """Store remembered columns in a private folder, beside the files. Raises Refused for what is none."""
    place = folder / "profile"
    place.mkdir(mode=0o700, exist_ok=True)
    file = place / uploads.file_name(uploaded.name)
    file.write_bytes(uploaded.getvalue())
    ui_data_profile.check(file)
    return file
