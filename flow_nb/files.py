"""Files that are whole or absent. In: a path, and bytes or a writer. Out: the file, in its place.

A temporary file lies in the target's folder and is named after the process that writes it, so that
what a killed process leaves can be told from what a living one is writing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TEMPORARY = re.compile(r"\.flow_nb-(\d{1,10})-(\d{1,20})-[0-9a-f]{12}(\.\w+)?")

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, then run it again."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, then run it again."),
    errno.EFBIG: ("the file grew beyond what the system allows", "Raise the file size limit."),
    errno.EROFS: ("the disk is read-only", "Work in a folder on a writable disk."),
    errno.EACCES: ("it may not be written", "Make it writable, or work in another folder."),
    errno.EPERM: ("it may not be written", "Make it writable, or work in another folder."),
    errno.ENOTDIR: ("a file stands where a folder should be", "Move that file away."),
    errno.EEXIST: ("a file stands where a folder should be", "Move that file away."),
    errno.EISDIR: ("a folder stands where a file should be", "Move that folder away."),
    errno.ENOENT: ("it does not exist", "Make the folder first."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
}


def reason(error: BaseException) -> tuple[str, str]:
    """Why the system refused, and what mends it, from an error with an ``errno``.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))[0]
    'the disk is full'
    """
    number = getattr(error, "errno", None)
    known = _REASONS.get(number) if isinstance(number, int) else None
    return known or (str(getattr(error, "strerror", None) or error), "Try again.")


def file_name(name: str) -> str:
    """A name from anywhere as a plain file name: never a path.

    >>> file_name("../über/Kitchen 2")
    'ber-Kitchen-2'
    """
    return re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60] or "clip"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path; what is written there becomes ``path``, or is gone on any error."""
    part = path.parent / temporary_name(".part")
    try:
        yield part
        sync_file(part)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Bytes that are in the file, all of them, or not at all."""
    with replacing(path) as part:
        part.write_bytes(data)


def sync_file(path: Path) -> None:
    """Returns when the disk holds the file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Returns when the disk holds the folder's names; where folders cannot be synced, at once."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def temporary_name(suffix: str) -> str:
    """A fresh hidden name that says which process owns it."""
    pid = os.getpid()
    return f".flow_nb-{pid}-{_started(pid)}-{secrets.token_hex(6)}{suffix}"


def is_abandoned(name: str) -> bool:
    """Whether a temporary name belongs to a process that is gone; False for any other name.

    >>> is_abandoned(temporary_name(".part")), is_abandoned("glass.mp4")
    (False, False)
    """
    match = _TEMPORARY.fullmatch(name)
    if match is None:
        return False
    pid = int(match[1])
    return not _runs(pid) or match[2] != _started(pid)


def _runs(pid: int) -> bool:
    if os.name == "nt":  # there, os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks: a reused pid is not taken for the old."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def relative(path: Path, folder: Path) -> str:
    """The path from a folder with forward slashes; empty where it lies outside of it."""
    found = Path(os.path.relpath(path.resolve(), folder.resolve()))
    return "" if found.is_absolute() or ".." in found.parts else found.as_posix()
