"""The studio's mark secret. In: the keys' folder. Out: `MarkSecret`: keys of the marks, ids of takes.

One secret of 32 bytes lies beside the signing key, readable by the owner alone. What is lost with it
cannot be made again: marks made under another secret are noise to this one. All that is used is
derived from it by HKDF-SHA256 (RFC 5869), so that no use tells anything of another.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flow_nb.errors import SealError
from flow_nb.files import reason, sync_file, sync_folder, temporary_name
from flow_nb.shield.keys import Authority

NAME = "mark.key"
SECRET_BYTES = KEY_BYTES = 32
ID_CHARS, SHORT_ID_CHARS = 16, 8
"""A take's id is 64 bits, the picture's payload; its first 32 are the sound's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkSecret:
    """Where the keys of all marks of a studio come from."""

    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The secret in a folder, made where there is none. Raises SealError."""
        try:
            if not folder.is_dir():
                Authority.of(folder)
            if not (folder / NAME).exists():
                _make(folder)
            if (folder / NAME).stat().st_mode & 0o077:
                (folder / NAME).chmod(0o600)
            found = (folder / NAME).read_bytes()
        except OSError as error:
            what, fix = reason(error)
            raise SealError(f'no mark secret in "{folder}": {what}.', fix=fix) from error
        if len(found) != SECRET_BYTES:
            raise SealError(
                f'the mark secret "{folder / NAME}" has {len(found)} bytes and not {SECRET_BYTES}.',
                fix="Bring it back from a copy; moved away, a new one is made, which finds no old mark.",
            )
        return cls(secret=found)

    @classmethod
    def find(cls, folder: Path) -> Self | None:
        """The secret of a studio that has one; none is made."""
        with suppress(OSError):
            found = (folder / NAME).read_bytes()
            return cls(secret=found) if len(found) == SECRET_BYTES else None
        return None

    @property
    def picture_key(self) -> bytes:
        """The key of the marks in pictures, 32 bytes."""
        return self._derived("picture mark 1")

    @property
    def sound_key(self) -> bytes:
        """The key of the marks in sound, 32 bytes."""
        return self._derived("sound mark 1")

    def take_id(self, order: str, attempt: int = 0) -> str:
        """The id of the take that answers an order, 16 hexadecimal digits.

        The same order in the same studio has the same id, so that the same take made twice is the
        same to the last bit, its marks included; another ``attempt`` is another id.
        """
        told = f"{order}/{attempt}".encode()
        return hmac.new(self._derived("take id 1"), told, hashlib.sha256).hexdigest()[:ID_CHARS]

    def _derived(self, use: str) -> bytes:
        info = f"flow_nb {use}".encode()
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(self.secret)


def _make(folder: Path) -> None:
    """A new secret, whole or not at all; where two processes make one, the first stands."""
    part = folder / temporary_name(".key")
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
        sync_file(part)
        with suppress(FileExistsError):
            os.link(part, folder / NAME)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
