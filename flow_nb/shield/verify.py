"""Where does this file come from? In: any file, and the studio. Out: `Verdict`, words and JSON.

Two witnesses: the signed credentials in the file, and the studio's own records. Invisible marks are
not yet part of this version, and the verdict says so.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from flow_nb.errors import MediaError, quote
from flow_nb.files import sha256_of
from flow_nb.plan.take import Take
from flow_nb.shield.credentials import Credentials, read
from flow_nb.shield.signer import trust_in
from flow_nb.store import Store

Word = Literal[
    "made here and whole",
    "made here and changed",
    "signed by others",
    "signed, but without a studio nobody can say by whom",
    "nothing found",
]

MARKS = "absent (not yet part of this version)"
MAX_BYTES = 8 * 2**30


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """``take`` is the record that the file leads to, by its bytes or by the id it states."""

    file: str
    verdict: Word
    credentials: Credentials
    sha256: str
    take: Take | None = None
    marks: str = MARKS
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON values."""
        credentials = asdict(self.credentials)
        statement = self.credentials.statement
        credentials["statement"] = statement.model_dump() if statement else None
        return {
            "schema": "flow_nb.Verdict.1",
            "file": self.file,
            "verdict": self.verdict,
            "sha256": self.sha256,
            "credentials": credentials,
            "take": self.take.model_dump(by_alias=True, mode="json") if self.take else None,
            "marks": self.marks,
            "notes": list(self.notes),
        }


def verify(path: Path, store: Store | None = None) -> Verdict:
    """The verdict on a file of any kind. Raises MediaError for what cannot be read as a file."""
    _check_readable(path)
    try:
        sha256 = sha256_of(path)
        credentials = read(path, trust_in(store.keys) if store else None)
    except OSError as error:
        raise MediaError(
            f'"{quote(str(path))}" cannot be read: {error.strerror}.', fix="Check its permissions."
        ) from error
    same = store.find_take_by_sha256(sha256) if store else None
    stated = credentials.statement
    named = store.find_take_by_id(stated.id) if store and stated else None
    return Verdict(
        file=path.name,
        verdict=word(
            credentials,
            same_bytes=same is not None,
            recorded=named is not None,
            studio=store is not None,
        ),
        credentials=credentials,
        sha256=sha256,
        take=same or (named if credentials.trusted else None),
        notes=_notes(credentials, store),
    )


def word(
    credentials: Credentials, *, same_bytes: bool, recorded: bool, studio: bool = True
) -> Word:
    """The rule. Bytes that a record knows are whole. What our key signed is ours; it is whole when
    the signature holds and no record says otherwise. Any other signature is somebody else's: an
    id alone proves nothing, anyone can copy it. Without a studio there is no key to know ours by.

    >>> word(Credentials(state="invalid", trusted=True), same_bytes=False, recorded=True)
    'made here and changed'
    """
    if same_bytes:
        return "made here and whole"
    if credentials.trusted:
        intact = credentials.state == "valid" and not recorded
        return "made here and whole" if intact else "made here and changed"
    if credentials.state == "none":
        return "nothing found"
    return "signed by others" if studio else "signed, but without a studio nobody can say by whom"


def _notes(credentials: Credentials, store: Store | None) -> tuple[str, ...]:
    notes = []
    if store is None:
        notes.append("No studio is here to compare with: name its folder with --studio.")
    if credentials.state == "invalid":
        notes.append("The credentials do not hold for this file: it was changed after signing.")
    if credentials.state == "none" and credentials.codes:
        notes.append(f"No credentials could be read: {credentials.codes[0]}.")
    elif credentials.state == "none":
        notes.append("There are no credentials; copying a clip with other tools removes them.")
    return tuple(notes)


def _check_readable(path: Path) -> None:
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise MediaError(f'"{quote(str(path))}" {what}.', fix="Name a media file.")
    size = path.stat().st_size
    if not size:
        raise MediaError(f'"{quote(path.name)}" is empty.', fix="Copy it again.")
    if size > MAX_BYTES:
        raise MediaError(
            f'"{quote(path.name)}" has {size / 2**30:.0f} GB; verify reads {MAX_BYTES // 2**30}.',
            fix="Verify a shorter piece of it.",
        )
