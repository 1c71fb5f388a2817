"""What a topic is made of, compiled: terms, vetoes, idioms and the numbers that weigh them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monitor.extractor.terms.calibration import Calibration
from monitor.extractor.terms.matching import Matcher

Proof = Literal["strong", "count", "weak"]
"""What a term proves in the body: the topic; the topic with a number; nothing on its own."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """Words that speak for the topic."""

    name: str
    weight: float
    """Points in a title."""
    proof: Proof
    is_figurative: bool = False
    """Whether it is a figure of speech, which other fields use as well: red seeds."""


@dataclass(frozen=True, kw_only=True)
class Veto:
    """Words that speak against it."""

    name: str
    weight: float
    """Points in a title; negative."""
    voids: bool
    """Whether terms in the same sentence stop counting."""
    is_about_all: bool = False
    """Whether, in title or lead, it does so to the terms of the whole story."""


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The numbers of a topic: what a place is worth and where the borders run."""

    sapo: float
    """Part of a term's weight that counts in the lead."""
    lone_sapo: float
    """And in a lead that is all the text there is."""
    body: float
    """And in the body."""
    echo: float
    """And for each further hit in the body."""
    echoes_at_most: float
    """Points all further hits can bring together."""
    part: float
    """Points from which a story is flagged."""
    main: float
    """Points from which the topic is what it is about."""
    head: float
    """Points in title and lead below which the body alone must prove the topic."""
    share: float
    """Least part of the body, in characters, in sentences with a hit; asked of such stories."""
    sparse: float
    """Part of the body in sentences with proof up to which its weight is ``body``."""
    dense: float
    """And from which it is that of the lead; in between it rises in proportion."""
    own: float
    """Part of a paragraph that sentences about the topic fill where it is a paragraph of its
    own; there the body's words weigh as in the lead."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic, compiled once."""

    key: str
    """Name of its file without the ending: what settings, commands and the store call it."""
    name: str
    called: Mapping[str, str]
    """What it is called within a sentence, by language."""
    has_figures: bool
    """Whether the grammar of figures reads its stories."""
    trigger_words: tuple[str, ...]
    """Folded; a text with none of them, folded and single-spaced, is never flagged."""
    terms: Matcher[Term]
    toneless_terms: Matcher[Term]
    """For text without tone marks: the phrases long enough to forgive wrong ones."""
    vetoes: Matcher[Veto]
    idioms: Matcher[None]
    """Spans that look like terms and are none."""
    asides: Matcher[None]
    """Idioms everywhere but in a title."""
    context: Matcher[None]
    """Words that name whom the topic is about; what a figure of speech needs beside it."""
    other_fields: Matcher[None]
    """Words of fields that use the same figures of speech."""
    weighing: Weighing
    calibration: Calibration
    triggers: re.Pattern[str] = field(repr=False)
    """Any of the trigger words."""
