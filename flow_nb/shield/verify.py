"""Where does this file come from? In: any file, and the studio. Out: `Verdict`, words and JSON.

Three witnesses: the signed credentials in the file, the marks in its picture and its sound, and the
studio's own records. Credentials say most and are lost first; marks say little, an id, and stay through
copies, new encodings and a screen recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from flow_nb.errors import MediaError, quote
from flow_nb.files import sha256_of
from flow_nb.plan.take import Take
from flow_nb.shield.credentials import Credentials
from flow_nb.shield.looking import Mark, Media
from flow_nb.shield.secret import ID_CHARS, MarkSecret
from flow_nb.shield.signer import Trust, trust_in
from flow_nb.shield.witness import Seen, witness
from flow_nb.store import Store

Word = Literal[
    "made here and whole",
    "made here and changed",
    "signed by others",
    "signed, but without a studio nobody can say by whom",
    "nothing found",
]

MAX_BYTES = 8 * 2**30


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """``take`` is the record that the file leads to: by its bytes, by the id it states, or by its marks;
    ``shots`` are the records that its marks lead to, in the order in which they appear. ``looked`` names
    the kinds of marks that were searched to the end. ``heat_png`` shows where the mark sits."""

    file: str
    verdict: Word
    credentials: Credentials
    sha256: str
    take: Take | None = None
    media: Media | None = None
    marks: tuple[Mark, ...] = ()
    looked: tuple[str, ...] = ()
    shots: tuple[Take, ...] = ()
    notes: tuple[str, ...] = ()
    heat_png: bytes = b""

    def to_json(self) -> dict[str, object]:
        """The same as plain JSON values, without the picture."""
        credentials = asdict(self.credentials)
        statement = self.credentials.statement
        credentials["statement"] = statement.model_dump() if statement else None
        return {
            "schema": "flow_nb.Verdict.2",
            "file": self.file,
            "verdict": self.verdict,
            "sha256": self.sha256,
            "credentials": credentials,
            "take": self.take.model_dump(by_alias=True, mode="json") if self.take else None,
            "media": asdict(self.media) if self.media else None,
            "marks": [asdict(mark) for mark in self.marks],
            "looked": list(self.looked),
            "shots": [take.id for take in self.shots],
            "notes": list(self.notes),
        }

    def lines(self) -> list[str]:
        """The same for people, a line each."""
        record, signer = self.take, self.credentials.signer
        who = "our key" if self.credentials.trusted else f"not our key{signer and f': {signer}'}"
        told = [
            f"{self.file}: {self.verdict}",
            f"  credentials  {self.credentials.state}"
            + (f", {who}" if self.credentials.state != "none" else ""),
        ]
        for kind in ("picture", "sound"):
            told += [f"  {line}" for line in self._mark_lines(kind)]
        told.append(
            "  record       "
            + (f"shot {record.shot}, {record.tier}, take {record.id}" if record else "none")
        )
        return told + [f"  {note}" for note in self.notes]

    def _mark_lines(self, kind: str) -> list[str]:
        head = f"{kind} mark".ljust(12)
        found = [mark for mark in self.marks if mark.kind == kind and mark.id]
        if found:
            return [
                f"{head} {m.id}, {m.start_s:.1f} to {m.end_s:.1f} s, confidence "
                f"{m.confidence:.0%}, false alarm {m.false_alarm:.0e}"
                for m in found
            ]
        if kind not in self.looked:
            return [f"{head} not looked for to the end"]
        chance = sum(mark.false_alarm for mark in self.marks if mark.kind == kind)
        return [f"{head} none" + (f" (false alarm {min(chance, 1):.0e})" if chance else "")]


def verify(path: Path, store: Store | None = None, *, visible: bool = False) -> Verdict:
    """The verdict on a file of any kind; ``visible`` also draws where the mark sits.

    Raises:
        MediaError: it cannot be read as a file at all.
    """
    _check_readable(path)
    try:
        sha256 = sha256_of(path)
    except OSError as error:
        raise MediaError(
            f'"{quote(str(path))}" cannot be read: {error.strerror}.', fix="Check its permissions."
        ) from error
    secret = MarkSecret.find(store.keys) if store else None
    trust = trust_in(store.keys) if store else Trust()
    ids = store.take_ids() if store else []
    seen = witness(path, trust, secret, ids=ids, visible=visible)
    same = store.find_take_by_sha256(sha256) if store else None
    stated = seen.credentials.statement
    named = store.find_take_by_id(stated.id) if store and stated else None
    shots = _shots(seen.marks, named if seen.credentials.trusted else same, store)
    return Verdict(
        file=path.name,
        verdict=word(
            seen.credentials,
            same_bytes=same is not None,
            recorded=named is not None,
            marked=any(mark.id for mark in seen.marks),
            studio=store is not None,
        ),
        credentials=seen.credentials,
        sha256=sha256,
        take=same or (named if seen.credentials.trusted else None) or _of(shots, store),
        media=seen.media,
        marks=seen.marks,
        looked=seen.looked,
        shots=tuple(shots),
        notes=_notes(seen, store, secret, shots),
        heat_png=seen.heat_png,
    )


def word(
    credentials: Credentials,
    *,
    same_bytes: bool,
    recorded: bool,
    marked: bool = False,
    studio: bool = True,
) -> Word:
    """The rule. Bytes that a record knows are whole. What our key signed is ours; it is whole when
    the signature holds and no record says otherwise. What bears our mark was made here, whoever has
    signed it since. Any other signature is somebody else's: an id alone proves nothing, anyone can
    copy it. Without a studio there is no key to know ours by.

    >>> word(Credentials(state="none"), same_bytes=False, recorded=False, marked=True)
    'made here and changed'
    """
    if same_bytes:
        return "made here and whole"
    if credentials.trusted:
        intact = credentials.state == "valid" and not recorded
        return "made here and whole" if intact else "made here and changed"
    if marked:
        return "made here and changed"
    if credentials.state == "none":
        return "nothing found"
    return "signed by others" if studio else "signed, but without a studio nobody can say by whom"


def _shots(marks: Sequence[Mark], known: Take | None, store: Store | None) -> list[Take]:
    """The records that marks lead to, each once. Where the half of an id that sound bears fits several,
    the picture, the credentials or the bytes say which."""
    if store is None:
        return []
    found: dict[str, Take] = {}
    for mark in sorted(marks, key=lambda m: (m.kind != "picture", m.start_s)):
        options = store.find_takes_by_start(mark.id) if mark.id else []
        ours = {*found, *(known.parts if known else ()), *((known.id,) if known else ())}
        sure = [take for take in options if take.id in ours] or options
        if len(sure) == 1 or (mark.kind == "picture" and sure):
            found[sure[0].id] = sure[0]
    return list(found.values())


def _of(shots: Sequence[Take], store: Store | None) -> Take | None:
    """The record for a file whose marks lead to these: the shot, or the film that joins just them."""
    if len(shots) < 2 or store is None:
        return shots[0] if shots else None
    ids = tuple(take.id for take in shots)
    films = [take for take in store.takes() if tuple(dict.fromkeys(take.parts)) == ids]
    return films[-1] if films else None


def _notes(
    seen: Seen, store: Store | None, secret: MarkSecret | None, shots: Sequence[Take]
) -> tuple[str, ...]:
    credentials, notes = seen.credentials, list(seen.notes)
    marked = [mark for mark in seen.marks if mark.id]
    if store is None:
        notes.append("No studio is here to compare with: name its folder with --studio.")
    elif secret is None:
        notes.append("This studio has no mark secret: marks were not looked for.")
    if credentials.state == "invalid":
        notes.append("The credentials do not hold for this file: it was changed after signing.")
    if credentials.state == "none" and credentials.codes:
        notes.append(f"No credentials could be read: {credentials.codes[0]}.")
    elif credentials.state == "none":
        notes.append("There are no credentials; copying a clip with other tools removes them.")
    elif marked and not credentials.trusted:
        notes.append("It bears our mark and somebody else's signature.")
    for mark in marked:
        options = store.find_takes_by_start(mark.id) if store else []
        if not options:
            notes.append(
                f"The record of {mark.id} is gone: only this studio's secret knows the mark."
            )
        elif len(options) > 1 and len(mark.id) < ID_CHARS and not shots:
            names = ", ".join(f"{take.shot} ({take.id})" for take in options)
            notes.append(f"The sound's half of an id fits several takes: {names}.")
    return tuple(dict.fromkeys(notes))


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
