"""What a clip says of itself outside of its credentials. In: a `Statement`. Out: fields of an MP4.

Three kinds, for three kinds of readers: the container's own tags, among them the JSON field ``AIGC``
of GB 45438-2025; an XMP packet in a ``uuid`` box (XMP Specification part 3, 2020) with the IPTC
properties of Video Metadata Hub 1.7; and words for people. No field names a person. Anybody can
take them out again: it is the marks that stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from flow_nb import __version__
from flow_nb.engines.base import Capabilities
from flow_nb.errors import quote
from flow_nb.plan.plan import Plan
from flow_nb.shield.credentials import NEWSCODES, SourceType, Statement, now_utc

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{}\n<?xpacket end="r"?>'
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}


def source_type_of(maker: Capabilities, plan: Plan) -> SourceType:
    """IPTC's word for what an engine makes of a plan: a voice that was trained makes the whole a
    composite."""
    if maker.made_by == "model":
        return "trainedAlgorithmicMedia"
    return "compositeSynthetic" if plan.lines and maker.speech == "native" else "algorithmicMedia"


def container_tags(name: str, statement: Statement) -> dict[str, str]:
    """The tags of the container, by their names in FFmpeg."""
    return {
        "title": quote(name),
        "artist": f"flow_nb {__version__}",
        "comment": f"Generated media, not a recording. Made by {_maker(statement)}.",
        "description": f"Take {statement.id}, plan {statement.plan_hash}.",
        "AIGC": aigc(statement),
    }


def aigc(statement: Statement) -> str:
    """The field ``AIGC`` of GB 45438-2025, annex E: JSON. ``Label`` 1 is "was generated"; who spreads
    the clip fills in the propagator's fields."""
    fields: Mapping[str, str] = {
        "Label": "1",
        "ContentProducer": "flow_nb",
        "ProduceID": statement.id,
        "ReservedCode1": "",
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }
    return json.dumps(fields, separators=(",", ":"))


def xmp(name: str, statement: Statement, source_type: SourceType) -> bytes:
    """The XMP packet, UTF-8."""
    simple = {
        "xmp:CreatorTool": f"flow_nb {__version__}",
        "xmp:CreateDate": now_utc(),
        "dc:identifier": statement.id,
        "dc:format": "video/mp4",
        "Iptc4xmpExt:DigitalSourceType": NEWSCODES + source_type,
        "Iptc4xmpExt:AISystemUsed": f"flow_nb, engine {statement.engine}",
        "Iptc4xmpExt:AISystemVersionUsed": __version__,
        "TC260:AIGC": aigc(statement),
    }
    words = {
        "dc:title": quote(name),
        "dc:description": f"Generated media, not a recording. Made by {_maker(statement)}.",
    }
    lines = [f"<{key}>{escape(value)}</{key}>" for key, value in simple.items()]
    lines += [
        f'<{key}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{key}>'
        for key, value in words.items()
    ]
    spaces = " ".join(f'xmlns:{short}="{uri}"' for short, uri in _SPACES.items())
    body = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{"".join(lines)}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    )
    return _PACKET.format(body).encode()


def append_xmp(clip: Path, packet: bytes) -> None:
    """Puts an XMP packet behind the last box of an MP4: nothing in front of it moves."""
    payload = XMP_UUID + packet
    with clip.open("ab") as file:
        file.write((8 + len(payload)).to_bytes(4) + b"uuid" + payload)


def _maker(statement: Statement) -> str:
    return f"flow_nb {__version__}, engine {statement.engine}"
