import json
import xml.etree.ElementTree as ET
from pathlib import Path

import av

from flow_nb.shield.metadata import XMP_UUID
from flow_nb.shield.verify import verify
from flow_nb.store import Store
from tests.shield.studio import sealed

_PREFIX = {
    "e": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "t": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}


def _packet(data: bytes) -> str:
    at = data.index(b"uuid" + XMP_UUID) - 4
    size = int.from_bytes(data[at : at + 4])
    assert at + size == len(data), "the box must end with the file"
    return data[at + 24 :].decode()


def test_the_xmp_packet_is_well_formed_and_names_source_and_maker(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, 'the <glass> & "friends"')
    root = ET.fromstring(_packet(store.path(take).read_bytes()).encode())
    assert root.findtext(".//e:DigitalSourceType", "", _PREFIX).endswith("/algorithmicMedia")
    assert root.findtext(".//e:AISystemUsed", "", _PREFIX) == "flow_nb, engine stage"
    assert root.findtext(".//xmp:CreateDate", "", _PREFIX).endswith("Z")
    assert root.findtext(".//dc:identifier", "", _PREFIX) == take.id
    assert "<glass>" in "".join(root.find(".//dc:title", _PREFIX).itertext())  # type: ignore[union-attr]
    assert json.loads(root.findtext(".//t:AIGC", "", _PREFIX))["ProduceID"] == take.id


def test_the_container_has_the_aigc_field(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take = sealed(store, "glass")
    with av.open(str(store.path(take))) as file:
        found = json.loads(file.metadata["AIGC"])
    assert found["Label"] == "1"
    assert found["ProduceID"] == take.id
    assert {"ContentProducer", "ReservedCode1", "ContentPropagator", "PropagateID"} <= found.keys()


def test_changed_metadata_is_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    data = bytearray(store.path(sealed(store, "glass")).read_bytes())
    for word in (b"algorithmicMedia<", b'"Label":"1"'):
        changed = bytearray(data)
        changed[data.index(word)] ^= 1
        (tmp_path / "x.mp4").write_bytes(changed)
        assert verify(tmp_path / "x.mp4", store).credentials.state == "invalid"
