"""WordNet's table: what comes back of it, and that it is made of WordNet alone."""

from __future__ import annotations

import gzip
from importlib.resources import files
from pathlib import Path

import pytest

from flow_nb.director.vocabulary.derive import FORMAT, derive
from flow_nb.director.vocabulary.table import Table

WORDNET = Path("/usr/share/wordnet")


@pytest.fixture(scope="module")
def table() -> Table:
    return Table()


def test_a_lemma_has_a_weight_for_each_part_of_speech(table: Table) -> None:
    assert table.weight("glass", "n") > table.weight("glass", "v") > 0
    assert table.weight("glass", "r") == 0
    assert table.weight("xyzzy", "n") == 0


def test_the_first_and_the_last_lemma_are_found(table: Table) -> None:
    assert table.weight("a", "n") > 0
    assert table.weight("zymurgy", "n") > 0


def test_hypernyms_lead_from_a_sense_to_the_top(table: Table) -> None:
    sense = table.senses("sparrow", "n")[0]
    chain = [set(table.meaning(above, "n")) for above in table.nouns.up(sense)]
    assert "sparrow" in chain[0]
    birds = next(i for i, lemmas in enumerate(chain) if "bird" in lemmas)
    animals = next(i for i, lemmas in enumerate(chain) if "animal" in lemmas)
    assert 0 < birds < animals
    assert "entity" in chain[-1]


def test_every_chain_ends(table: Table) -> None:
    for tree in (table.nouns, table.verbs):
        for sense in range(0, len(tree.depths), 997):
            assert len(list(tree.up(sense))) == tree.depths[sense] + 1


def test_irregular_forms_come_with_their_part_of_speech(table: Table) -> None:
    assert table.bases("geese") == [("n", "goose")]
    assert ("v", "fall") in table.bases("fell")
    assert table.bases("table") == []


def test_the_table_ships_with_its_licence_and_stays_small() -> None:
    package = files("flow_nb.director.vocabulary")
    assert len(package.joinpath("wordnet.gz").read_bytes()) < 1_500_000
    notice = package.joinpath("WORDNET-LICENSE").read_text(encoding="utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University" in notice


@pytest.mark.skipif(not WORDNET.exists(), reason="WordNet is not installed")
def test_the_table_is_what_wordnet_gives_today() -> None:
    packed = files("flow_nb.director.vocabulary").joinpath("wordnet.gz").read_bytes()
    assert gzip.decompress(packed) == derive(WORDNET)
    assert gzip.decompress(packed).startswith(FORMAT.encode())
