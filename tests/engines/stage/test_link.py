from __future__ import annotations

import socket
import threading

import pytest

from flow_nb.engines.stage.link import Hangup, Link


def test_a_message_and_its_payload_arrive_whole_however_large():
    here, there = map(Link, socket.socketpair())
    payload = bytes(range(256)) * 20_000
    sender = threading.Thread(target=here.send, args=({"do": "draw"}, payload))
    sender.start()
    message, arrived = there.receive()
    sender.join()
    assert message == {"do": "draw", "bytes": len(payload)}
    assert arrived == payload


def test_messages_that_come_at_once_are_read_one_by_one():
    here, there = map(Link, socket.socketpair())
    here.send({"slot": 1}, b"\n{}\n")
    here.send({"slot": 2})
    assert there.receive()[1] == b"\n{}\n"
    assert there.receive()[0] == {"slot": 2}
    assert there.receive(0.0) is None


def test_a_closed_end_is_a_hangup():
    here, there = map(Link, socket.socketpair())
    here.close()
    with pytest.raises(Hangup):
        there.receive()
