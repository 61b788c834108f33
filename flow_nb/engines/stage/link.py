"""The wire between a studio and its renderer. In: small JSON values and byte blocks. Out: the same,
on the other side of a socket pair. Frames do not travel here, see `ring`.

A message is one line of JSON; with ``"bytes": n`` in it, n raw bytes follow.
"""

from __future__ import annotations

import json
import select
import socket
from typing import Any

Message = dict[str, Any]
_BLOCK = 1 << 20


class Hangup(Exception):
    """The other side is gone."""


class Link:
    """One end of the wire."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._buffer = bytearray()

    def send(self, message: Message, payload: bytes = b"") -> None:
        """Sends one message, with its payload if there is one. Raises Hangup."""
        if payload:
            message = {**message, "bytes": len(payload)}
        try:
            self._socket.sendall(json.dumps(message).encode() + b"\n" + payload)
        except OSError as error:
            raise Hangup from error

    def receive(self, timeout_s: float | None = None) -> tuple[Message, bytes] | None:
        """The next message and its payload; None when nothing has begun to arrive in time."""
        if b"\n" not in self._buffer and not self._readable(timeout_s):
            return None
        while b"\n" not in self._buffer:
            self._fill()
        line, _, rest = bytes(self._buffer).partition(b"\n")
        self._buffer = bytearray(rest)
        message: Message = json.loads(line)
        size = int(message.get("bytes", 0))
        while len(self._buffer) < size:
            self._fill()
        payload = bytes(self._buffer[:size])
        del self._buffer[:size]
        return message, payload

    def close(self) -> None:
        """Hangs up."""
        self._socket.close()

    def _readable(self, timeout_s: float | None) -> bool:
        return bool(select.select([self._socket], [], [], timeout_s)[0])

    def _fill(self) -> None:
        try:
            data = self._socket.recv(_BLOCK)
        except OSError as error:
            raise Hangup from error
        if not data:
            raise Hangup
        self._buffer += data
