"""The studio's memory. In: bytes and takes under a content hash. Out: the same, whole, or nothing.

``.flow_nb/`` holds what people need not see: ``plans``, ``motions``, ``views``, ``takes`` (one record
per take), ``shots`` (which take answers an order), ``picks`` (which one somebody chose instead),
``work`` (temporary) and ``keys``. The clips lie in
``takes`` and ``films`` beside it, for a Jupyter server serves no hidden folder. Every entry is
written to a temporary name, synced and renamed: a kill leaves the old or the new, and several
processes may share one store. What is damaged counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

from flow_nb.errors import StoreError
from flow_nb.files import (
    is_abandoned,
    reason,
    replacing,
    sha256_of,
    temporary_name,
    write_whole,
)
from flow_nb.plan.take import Take

Kind = Literal["plans", "motions", "views"]
Shelf = Literal["takes", "films"]

_KEY = re.compile(r"[0-9a-f]{8,64}")
_HIDDEN = ("plans", "motions", "views", "takes", "shots", "picks", "work")
_IGNORED = "keys/\nwork/\n"


def take_key(*parts: str | int) -> str:
    """The key of an order: what it depends on, hashed.

    >>> take_key("plan", "stage", 7) == take_key("plan", "stage", "7")
    False
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Store:
    """One project folder. Opening it makes what is missing and sweeps up after killed processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).absolute()
        self.hidden = self.folder / ".flow_nb"
        self.work = self.hidden / "work"
        self.keys = self.hidden / "keys"
        with self._refusals():
            for name in _HIDDEN:
                (self.hidden / name).mkdir(parents=True, exist_ok=True)
            for shelf in ("takes", "films"):
                (self.folder / shelf).mkdir(exist_ok=True)
            if not (self.hidden / ".gitignore").exists():
                write_whole(self.hidden / ".gitignore", _IGNORED.encode())
        self._sweep()

    @classmethod
    def around(cls, path: Path) -> Self | None:
        """The store of the project in which a file lies, in whatever folder of it."""
        for folder in Path(path).absolute().parents:
            if (folder / ".flow_nb").is_dir():
                return cls(folder)
        return None

    def put_bytes(self, kind: Kind, key: str, data: bytes) -> None:
        """Keeps bytes under their key. Raises StoreError."""
        digest = hashlib.sha256(data).hexdigest().encode()
        with self._refusals():
            write_whole(self._entry(kind, key), digest + b"\n" + data)

    def get_bytes(self, kind: Kind, key: str) -> bytes | None:
        """The bytes under a key; None where there are none or they are not what was put there."""
        try:
            digest, _, data = self._entry(kind, key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest().encode() == digest else None

    def put_take(self, key: str, take: Take) -> None:
        """Keeps a take's record for ever and makes it the answer to the order ``key``, whatever was
        picked before."""
        with self._refusals():
            self._entry("picks", key).unlink(missing_ok=True)
            record = take.model_dump_json(by_alias=True, indent=1)
            write_whole(self._entry("takes", take.id, ".json"), record.encode())
            write_whole(self._entry("shots", key), take.id.encode())

    def get_take(self, key: str) -> Take | None:
        """The take that answers an order; None unless its clip is there, byte for byte."""
        return self._answer("shots", key)

    def _answer(self, kind: str, key: str) -> Take | None:
        try:
            take_id = self._entry(kind, key).read_text()
        except (OSError, UnicodeDecodeError):
            return None
        take = self.find_take_by_id(take_id)
        return take if take and self.is_whole(take) else None

    def put_pick(self, key: str, take: Take) -> None:
        """From here on, this take is what the order ``key`` is answered with. Raises StoreError."""
        with self._refusals():
            write_whole(self._entry("picks", key), take.id.encode())

    def get_pick(self, key: str) -> Take | None:
        """The take that somebody picked for an order; None where nobody did or its clip is gone."""
        return self._answer("picks", key)

    def is_whole(self, take: Take) -> bool:
        """Whether a take's clip lies where its record says, unchanged."""
        try:
            return sha256_of(self.path(take)) == take.clip_sha256
        except OSError:
            return False

    def path(self, take: Take) -> Path:
        """Where a take's clip lies."""
        return self.folder / take.clip

    def takes(self) -> Iterator[Take]:
        """All records that can be read, films included, by id."""
        for file in sorted((self.hidden / "takes").glob("*.json")):
            if take := self.find_take_by_id(file.stem):
                yield take

    def take_ids(self) -> list[str]:
        """The ids of all records, unread."""
        names = (file.stem for file in sorted((self.hidden / "takes").glob("*.json")))
        return [name for name in names if _KEY.fullmatch(name)]

    def takes_of(self, shot: str) -> list[Take]:
        """The takes of a shot whose clips are still there, the newest first."""
        of_it = (take for take in self.takes() if take.shot == shot and not take.parts)
        there = [take for take in of_it if self.path(take).is_file()]
        return sorted(there, key=lambda take: (-self.made_s(take), take.id))

    def made_s(self, take: Take) -> float:
        """When a take's record was written, in seconds since 1970; 0 for one that is not there."""
        try:
            return self._entry("takes", take.id, ".json").stat().st_mtime
        except OSError:
            return 0.0

    def find_take_by_id(self, take_id: str) -> Take | None:
        """The record of that id."""
        if not _KEY.fullmatch(take_id):
            return None
        try:
            take = Take.model_validate_json(self._entry("takes", take_id, ".json").read_bytes())
        except (OSError, ValidationError):
            return None
        return take if take.id == take_id and _is_inside(take.clip) else None

    def find_takes_by_start(self, start: str) -> list[Take]:
        """The records whose ids begin so: the sound's mark holds the first half of an id."""
        if not re.fullmatch(r"[0-9a-f]{4,16}", start):
            return []
        files = sorted((self.hidden / "takes").glob(f"{start}*.json"))
        return [take for file in files if (take := self.find_take_by_id(file.stem))]

    def find_take_by_sha256(self, sha256: str) -> Take | None:
        """The record whose clip has, or once had, exactly these bytes."""
        return next((t for t in self.takes() if sha256 in (t.clip_sha256, *t.earlier)), None)

    @contextmanager
    def working(self, suffix: str) -> Iterator[Path]:
        """A fresh path in ``work``; whatever is left there at the end is removed."""
        path = self.work / temporary_name(suffix)
        try:
            yield path
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def shelve(self, source: Path, shelf: Shelf, name: str) -> str:
        """Moves a finished file to a visible folder; its path relative to the project."""
        target = self.folder / shelf / name
        with self._refusals(), replacing(target) as part:
            shutil.move(source, part)
        return f"{shelf}/{name}"

    def _entry(self, kind: str, key: str, suffix: str = "") -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is not a content hash")
        return self.hidden / kind / f"{key}{suffix}"

    def _sweep(self) -> None:
        """Removes what killed processes left. Nobody else can still want it."""
        with suppress(OSError):
            folders = [self.hidden, *(self.hidden / name for name in _HIDDEN)]
            folders += [self.folder / "takes", self.folder / "films"]
            for left in (entry for folder in folders for entry in folder.iterdir()):
                if is_abandoned(left.name):
                    _remove(left)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: OSError) -> StoreError:
        what, fix = reason(error)
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError)
        place = error.filename if in_the_way else self.folder
        return StoreError(f'the project folder cannot keep things in "{place}": {what}.', fix=fix)


def _remove(entry: Path) -> None:
    with suppress(OSError):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _is_inside(clip: str) -> bool:
    """Whether a record's path stays in the project: a record may come from somebody else."""
    path = Path(clip)
    return not path.is_absolute() and ".." not in path.parts
