"""The only maker of a `Take`. In: a finished clip and how it came to be. Out: it, signed, shelved.

The order of the steps is the guarantee: clip and poster are whole on their shelf before the record
leads to them, so that a kill at any moment leaves a store in which every record is true.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flow_nb.engines.base import Format
from flow_nb.errors import SealError
from flow_nb.files import file_name, sha256_of, write_whole
from flow_nb.media.decode import probe
from flow_nb.media.mux import remux
from flow_nb.media.still import poster
from flow_nb.media.subtitles import beside, described, said_in, seen_in
from flow_nb.plan.cues import Cue
from flow_nb.plan.edit import WHOLE, Edit
from flow_nb.plan.shown import Shown
from flow_nb.plan.take import Kept, Take
from flow_nb.shield.binding import Binding, bound, spans
from flow_nb.shield.credentials import (
    Ingredient,
    SourceType,
    Statement,
    read,
    sign,
)
from flow_nb.shield.keys import Authority
from flow_nb.shield.metadata import append_xmp, container_tags, xmp
from flow_nb.shield.secret import MarkSecret
from flow_nb.shield.signer import authority_of, trust_in
from flow_nb.store import Shelf, Store, take_key

FILM = "film"
MAX_DESCRIPTION = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Work:
    """Everything that is known of a clip before it is sealed."""

    clip: Path
    shelf: Shelf
    name: str
    statement: Statement
    format: Format
    frames: int
    stages_s: Mapping[str, float]
    notes: tuple[str, ...]
    credits: int
    poster_frame: NDArray[np.uint8]
    source_type: SourceType
    ingredients: tuple[Ingredient, ...] = ()
    cues: tuple[Cue, ...] = ()
    descriptions: tuple[Cue, ...] = ()
    bindings: Mapping[str, Sequence[Binding]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    edits: tuple[str, ...] = ()


def seal(
    clip: Path,
    store: Store,
    *,
    shot: str,
    plan_hash: str,
    engine: str,
    tier: str,
    seed: int,
    format: Format,
    frames: int,
    poster_frame: NDArray[np.uint8],
    stages_s: Mapping[str, float] | None = None,
    notes: Sequence[str] = (),
    credits: int = 0,
    source_type: SourceType = "algorithmicMedia",
    key: str | None = None,
    cues: Sequence[Cue] = (),
    description: str = "",
    id: str | None = None,
    profiles: Sequence[str] = (),
    kept: Sequence[Kept] = (),
    edits: Sequence[str] = (),
) -> Take:
    """Signs a rendering, puts it on the shelf and keeps its record under ``key``.

    ``key`` is what the studio will ask for; by default plan, engine, tier and seed. ``id`` is what the
    marks in the clip bear; without one the credentials name no marks. ``cues`` is what is said in
    it, ``description`` tells in a line what is seen. ``clip`` stays the caller's. Raises SealError,
    MediaError or StoreError, and leaves nothing then.
    """
    statement = Statement(
        id=id or _new_id(), kind="take", engine=engine, tier=tier, plan_hash=plan_hash, seed=seed
    )
    work = _Work(
        clip=clip,
        shelf="takes",
        name=shot,
        statement=statement,
        format=format,
        frames=frames,
        stages_s=stages_s or {},
        notes=tuple(notes),
        credits=credits,
        poster_frame=poster_frame,
        source_type=source_type,
        cues=tuple(cues),
        descriptions=described(description, 0.0, float(frames / format.fps)),
        bindings=bound([(id, None)]) if id else {},
        profiles=tuple(profiles),
        kept=tuple(kept),
        edits=tuple(edits),
    )
    return _seal(work, store, key or take_key(plan_hash, engine, tier, seed))


def seal_film(
    clip: Path,
    store: Store,
    *,
    key: str,
    name: str,
    shown: Sequence[Shown],
    tier: str,
    format: Format,
    frames: int,
    poster_frame: NDArray[np.uint8],
    stages_s: Mapping[str, float] | None = None,
    notes: Sequence[str] = (),
    profiles: Sequence[str] = (),
    kept: Sequence[Kept] = (),
) -> Take:
    """Seals a film: a take of the engine "film", whose plan is the list of its shots. It bears the marks
    that its shots brought along, and its credentials say which one stands where. ``key`` is its `film_key`."""
    takes = [one.take for one in shown]
    film_id = MarkSecret.of(store.keys).take_id(key)
    statement = Statement(id=film_id, kind=FILM, engine=FILM, tier=tier, plan_hash=key, seed=0)
    work = _Work(
        clip=clip,
        shelf="films",
        name=name,
        statement=statement,
        format=format,
        frames=frames,
        stages_s=stages_s or {},
        notes=tuple(notes),
        credits=sum(take.credits for take in takes),
        poster_frame=poster_frame,
        source_type="compositeSynthetic",
        ingredients=tuple(Ingredient(path=store.path(t), title=t.shot) for t in takes),
        cues=said_in(shown),
        descriptions=seen_in(shown),
        bindings=bound(spans(shown)),
        parts=tuple(take.id for take in takes),
        profiles=tuple(profiles),
        kept=tuple(kept),
        edits=tuple(notes),
    )
    return _seal(work, store, key)


def film_key(
    name: str, takes: Sequence[Take], profiles: Sequence[str] = (), edits: Sequence[Edit] = ()
) -> str:
    """The key under which the film of these takes, edited so, is kept."""
    asked = (",".join(sorted(profiles)),) if profiles else ()
    cuts = [edit.model_dump_json(include=set(Edit.model_fields)) for edit in edits]
    told = cuts if set(cuts) - {WHOLE.model_dump_json()} else []
    return take_key(FILM, name, *asked, *(take.clip_sha256 for take in takes), *told)


def _seal(work: _Work, store: Store, key: str) -> Take:
    began_s = time.perf_counter()
    _check(work)
    authority = authority_of(store.hidden)
    stem = f"{file_name(work.name)}-{work.statement.id[:8]}"
    clip, still = f"{work.shelf}/{stem}.mp4", f"{work.shelf}/{stem}.jpg"
    texts = {
        f"{work.shelf}/{stem}{ending}": data
        for ending, data in beside(work.cues, work.descriptions).items()
    }
    with store.working(".mp4") as signed, _or_nothing(store, clip, still, *texts):
        _sign(work, store, signed, authority)
        digest = sha256_of(signed)
        poster(work.poster_frame, store.folder / still)
        for path, data in texts.items():
            write_whole(store.folder / path, data)
        store.shelve(signed, work.shelf, f"{stem}.mp4")
        took_s = time.perf_counter() - began_s
        names = {"clip": clip, "poster": still, "texts": tuple(texts)}
        take = _record(work, names, sha256=digest, took_s=took_s)
        take = take.model_copy(update={"earlier": _earlier(store, take)})
        store.put_take(key, take)
    return take


def _sign(work: _Work, store: Store, signed: Path, authority: Authority) -> None:
    """Writes the signed clip, and believes it only once it has been read back."""
    with store.working(".mp4") as named:
        remux(work.clip, named, container_tags(work.name, work.statement), work.cues)
        append_xmp(named, xmp(work.name, work.statement, work.source_type))
        sign(
            named,
            signed,
            authority,
            title=work.name,
            statement=work.statement,
            source_type=work.source_type,
            ingredients=work.ingredients,
            bindings=work.bindings,
            edits=work.edits,
        )
    found = read(signed, trust_in(store.keys))
    if found.state != "valid" or not found.trusted or found.statement != work.statement:
        raise SealError(
            f"the credentials do not hold: {', '.join(found.codes) or found.state}.",
            fix="Check the clock and the disk, then run it again.",
        )


def _record(work: _Work, names: Mapping[str, Any], *, sha256: str, took_s: float) -> Take:
    fps = work.format.fps
    described = " ".join(cue.text for cue in work.descriptions)
    return Take(
        id=work.statement.id,
        shot=work.name,
        plan_hash=work.statement.plan_hash,
        engine=work.statement.engine,
        tier=work.statement.tier,
        seed=work.statement.seed,
        **names,
        clip_sha256=sha256,
        width=work.format.width,
        height=work.format.height,
        fps=(fps.numerator, fps.denominator),
        frames=work.frames,
        duration_s=float(work.frames / fps),
        credits=work.credits,
        notes=work.notes,
        parts=work.parts,
        profiles=work.profiles,
        kept=work.kept,
        stages_s={**work.stages_s, "seal": round(took_s, 4)},
        cues=work.cues,
        description=described[:MAX_DESCRIPTION],
    )


def _check(work: _Work) -> None:
    info = probe(work.clip)
    found = (info.width, info.height, info.fps, info.frames, info.video_codec, info.audio_codec)
    form = work.format
    if found != (form.width, form.height, form.fps, work.frames, "h264", "aac"):
        raise SealError(
            f"the clip is not what was ordered: it holds {info.frames} frames of "
            f"{info.width}×{info.height} at {info.fps} in {info.video_codec} "
            f"and {info.audio_codec or 'no sound'}.",
            fix="Render the shot again.",
        )


def _earlier(store: Store, take: Take) -> tuple[str, ...]:
    """What was sealed under this id before: it is still known where a copy of it turns up."""
    old = store.find_take_by_id(take.id)
    return tuple({*old.earlier, old.clip_sha256} - {take.clip_sha256}) if old else ()


def _new_id() -> str:
    return secrets.token_hex(8)


@contextmanager
def _or_nothing(store: Store, *shelved: str) -> Iterator[None]:
    """Takes back what is on the shelf when the record could not be written."""
    try:
        yield
    except BaseException:
        for path in shelved:
            with suppress(OSError):
                (store.folder / path).unlink(missing_ok=True)
        raise
