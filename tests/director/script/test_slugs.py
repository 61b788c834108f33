from __future__ import annotations

from flow_nb.director.script.slugs import sluglines


def test_a_sentence_on_the_line_of_a_slugline_is_prose():
    text = "INT. KITCHEN - GOLDEN HOUR. A glass falls off the table. It breaks."
    (slug,) = sluglines(text)
    assert [piece.words for piece in slug.pieces] == ["KITCHEN", "GOLDEN HOUR"]
    assert text[slug.end :] == "A glass falls off the table. It breaks."
    (whole,) = sluglines("INT. DR. SMITH'S OFFICE - DAY")
    assert whole.end == len("INT. DR. SMITH'S OFFICE - DAY")
