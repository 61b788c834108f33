"""Content Credentials (C2PA). In: a clip and a `Statement`. Out: a signed clip; `Credentials` read.

Nothing here reaches the network: no time stamp, no remote manifest, no revocation list.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from mmap import mmap
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

import c2pa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flow_nb import __version__
from flow_nb.errors import SealError, one_line, quote
from flow_nb.files import reason
from flow_nb.plan.base import Text
from flow_nb.shield.binding import NO_BINDINGS, Binding
from flow_nb.shield.boxes import opaque
from flow_nb.shield.keys import Authority
from flow_nb.shield.signer import Trust

SourceType = Literal["algorithmicMedia", "trainedAlgorithmicMedia", "compositeSynthetic"]
"""Made by an algorithm, by a trained model, or put together from such: IPTC's NewsCodes."""
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)

State = Literal["valid", "invalid", "none"]

LABEL = "org.flow-nb.take"
NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MAX_MESSAGE_CHARS, _MAX_BINDINGS = 200, 500
_FORMATS = (
    (4, b"ftyp", "video/mp4"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WAVE", "audio/wav"),
)


class Statement(BaseModel):
    """Our own assertion: what was made, by which engine, from which plan."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^[0-9a-f]{16}$")
    kind: Literal["take", "film"]
    engine: Text
    tier: Text
    plan_hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    seed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingredient:
    """A clip that went into a film."""

    path: Path
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """What a file says of itself. ``trusted``: its signer is the one that was to be known again.
    ``codes`` are C2PA's own words for what failed; ``bindings`` are "algorithm: value"."""

    state: State
    trusted: bool = False
    codes: tuple[str, ...] = ()
    generator: str = ""
    signer: str = ""
    statement: Statement | None = None
    ingredients: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()


NONE = Credentials(state="none")


def sign(
    source: Path,
    target: Path,
    authority: Authority,
    *,
    title: str,
    statement: Statement,
    source_type: SourceType,
    ingredients: Sequence[Ingredient] = (),
    bindings: Mapping[str, Sequence[Binding]] = NO_BINDINGS,
    edits: Sequence[str] = (),
) -> None:
    """Writes ``source`` with credentials to ``target``. Raises SealError.

    ``bindings`` are the marks by the name of their algorithm; ``edits`` is what was done after the
    engine, in words.
    """
    claim = claim_of(title, statement, source_type, ingredients, bindings, edits)
    try:
        with ExitStack() as stack:
            context = stack.enter_context(c2pa.Context.from_dict(_settings(b"")))
            builder = stack.enter_context(c2pa.Builder(claim, context=context))
            for number, ingredient in enumerate(ingredients):
                file = stack.enter_context(ingredient.path.open("rb"))
                builder.add_ingredient(_placed(number, ingredient), "video/mp4", file)
            signer = stack.enter_context(c2pa.Signer.from_info(_signer_info(authority)))
            old = stack.enter_context(source.open("rb"))
            new = stack.enter_context(target.open("w+b"))
            builder.sign(signer, "video/mp4", old, new)
    except OSError as error:
        what, fix = reason(error)
        raise SealError(f"the credentials cannot be written: {what}.", fix=fix) from error
    except c2pa.C2paError as error:
        raise SealError(
            f"the credentials cannot be written: {_short(error)}.",
            fix="Check that the disk has space, then run it again.",
        ) from error


def read(path: Path, trust: Trust | None = None) -> Credentials:
    """The credentials in a file of any kind; ``trust`` says whose signature is to be known again.

    Where they cannot be read the state is "none" and ``codes`` says why.
    """
    with path.open("rb") as file:
        media_type = _media_type(file.read(16))
        file.seek(0)
        if not media_type:
            return NONE
        found = _read(media_type, file, trust or Trust())
        if not found.codes or found.state != "none":
            return found
        with opaque(file) as view:
            behind = _read(media_type, view, trust or Trust())
        return replace(behind, state="invalid") if behind.state != "none" else found


def _read(media_type: str, file: BinaryIO | mmap, trust: Trust) -> Credentials:
    try:
        with c2pa.Context.from_dict(_settings(trust.anchors)) as context:
            reader = c2pa.Reader.try_create(media_type, file, context=context)
            if reader is None:
                return NONE
            with reader:
                return _credentials(json.loads(reader.json()), trust)
    except (c2pa.C2paError, AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        return Credentials(state="none", codes=(_short(error),))


def claim_of(
    title: str,
    statement: Statement,
    source_type: SourceType,
    ingredients: Sequence[Ingredient],
    bindings: Mapping[str, Sequence[Binding]],
    edits: Sequence[str],
) -> dict[str, Any]:
    """The claim as C2PA's builder takes it."""
    maker = {"name": "flow_nb", "version": __version__}
    actions: list[dict[str, Any]] = [
        {
            "action": "c2pa.created",
            "when": now_utc(),
            "digitalSourceType": NEWSCODES + source_type,
            "softwareAgent": maker,
        }
    ]
    actions += [
        {"action": "c2pa.placed", "parameters": {"ingredientIds": [f"shot-{number}"]}}
        for number in range(len(ingredients))
    ]
    actions += [{"action": "c2pa.edited", "description": one_line(edit)} for edit in edits]
    if bindings:
        actions.append({"action": "c2pa.watermarked.bound", "softwareAgent": maker})
    marked = [
        {
            "label": "c2pa.soft-binding",
            "data": {"alg": algorithm, "blocks": [_block(binding) for binding in found]},
        }
        for algorithm, found in bindings.items()
    ]
    return {
        "claim_generator_info": [maker],
        "title": one_line(title),
        "format": "video/mp4",
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            *marked,
            {"label": LABEL, "data": statement.model_dump()},
        ],
    }


def now_utc() -> str:
    """The time of day to the second, by this machine's clock: nobody vouches for it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _block(binding: Binding) -> dict[str, Any]:
    scope = {}
    if binding.span:
        start_s, end_s = binding.span
        scope = {"timespan": {"start": round(start_s * 1000), "end": round(end_s * 1000)}}
    return {"scope": scope, "value": binding.value}


def _placed(number: int, ingredient: Ingredient) -> dict[str, str]:
    title = one_line(ingredient.title)
    return {"title": title, "relationship": "componentOf", "label": f"shot-{number}"}


def _settings(anchors: bytes) -> dict[str, Any]:
    offline = {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}
    trust = {"trust": {"trust_anchors": anchors.decode()}} if anchors else {}
    return {"verify": offline, "builder": {"thumbnail": {"enabled": False}}, **trust}


def _signer_info(authority: Authority) -> c2pa.C2paSignerInfo:
    return c2pa.C2paSignerInfo(
        alg=authority.algorithm.encode(),
        sign_cert=authority.chain,
        private_key=authority.key,
        ta_url=None,
    )


def _media_type(head: bytes) -> str:
    return next((kind for at, magic, kind in _FORMATS if head[at:].startswith(magic)), "")


def _credentials(report: Mapping[str, Any], trust: Trust) -> Credentials:
    manifest = report["manifests"][report["active_manifest"]]
    results = report.get("validation_results", {}).get("activeManifest", {})
    passed = {entry["code"] for entry in results.get("success", ())}
    failed = [entry["code"] for entry in results.get("failure", ())]
    generator = (manifest.get("claim_generator_info") or [{}])[0]
    signature = manifest.get("signature_info") or {}
    known = int(signature.get("cert_serial_number") or 0) in trust.serials
    return Credentials(
        state="invalid" if report.get("validation_state") == "Invalid" else "valid",
        trusted=known and {"signingCredential.trusted", "claimSignature.validated"} <= passed,
        codes=tuple(dict.fromkeys(failed)),
        generator=quote(f"{generator.get('name', '')} {generator.get('version', '')}"),
        signer=quote(str(signature.get("issuer") or "")),
        statement=_statement(manifest),
        bindings=tuple(_bindings(manifest)),
        ingredients=tuple(quote(i.get("title") or "") for i in manifest.get("ingredients", ())),
    )


def _statement(manifest: Mapping[str, Any]) -> Statement | None:
    for assertion in manifest.get("assertions", ()):
        if assertion.get("label") == LABEL:
            try:
                return Statement.model_validate(assertion.get("data"))
            except ValidationError:
                return None
    return None


def _bindings(manifest: Mapping[str, Any]) -> Iterator[str]:
    for assertion in manifest.get("assertions", ()):
        if str(assertion.get("label")).startswith("c2pa.soft-binding"):
            data = assertion.get("data", {})
            for block in data.get("blocks", ())[:_MAX_BINDINGS]:
                yield quote(f"{data.get('alg')}: {block.get('value')}")


def _short(error: BaseException) -> str:
    return one_line(str(error))[:_MAX_MESSAGE_CHARS]
