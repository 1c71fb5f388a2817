"""What governs a number: the predicate before or after it, and whether it is a part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitor.extractor.grammar.clauses import clause_end, clause_of, clause_start, follower_of
from monitor.extractor.grammar.governing import left_of, right_of
from monitor.extractor.grammar.parts import is_fraction, is_subset
from monitor.extractor.grammar.tokens import Token, unit_of
from monitor.items import Metric


@dataclass(frozen=True)
class Around:
    """What the sentences before were about."""

    is_of_party: bool = False
    """Whether admissions to the party were told: later ones need not say to what."""
    is_in_class: bool = False
    """Whether a class on the party is what learners attend."""
    metric: Metric | None = None
    """Of the last count: what ``con số này`` points at."""
    admits: bool = False
    """Whether the paragraph has counted admissions before."""


@dataclass(frozen=True)
class Scope:
    """A number with what governs it."""

    tokens: Sequence[Token]
    at: int
    unit: Token | None
    left: int | None
    """Index of the governing predicate before it."""
    right: int | None
    """Index of the first predicate after it in its clause."""
    is_inherited: bool
    """Whether ``left`` stands in an earlier clause."""
    is_subset: bool
    around: Around = field(default=Around())

    @property
    def left_kind(self) -> str:
        """Kind of the predicate before, or empty."""
        return self.tokens[self.left].kind if self.left is not None else ""

    @property
    def right_kind(self) -> str:
        """Kind of the predicate after, or empty."""
        return self.tokens[self.right].kind if self.right is not None else ""

    @property
    def unit_kind(self) -> str:
        """Kind of the unit, or empty."""
        return self.unit.kind if self.unit else ""

    @cached_property
    def clause(self) -> Sequence[Token]:
        """The tokens of its own clause."""
        return clause_of(self.tokens, self.at)

    @cached_property
    def before(self) -> Sequence[Token]:
        """The clause up to the number."""
        return self.tokens[clause_start(self.tokens, self.at) : self.at]

    @cached_property
    def behind(self) -> Sequence[Token]:
        """The clause after the number."""
        return self.tokens[self.at + 1 : clause_end(self.tokens, self.at)]

    @cached_property
    def follower(self) -> Token | None:
        """The first token after the unit, or after the number."""
        return follower_of(self.tokens, self.at, self.unit)


def scope_of(tokens: Sequence[Token], at: int, *, around: Around) -> Scope:
    """Find what governs the number at an index."""
    unit = unit_of(tokens, at)
    left = left_of(tokens, at, unit=unit)
    return Scope(
        tokens,
        at,
        unit=unit,
        left=left,
        right=right_of(tokens, at, left=left),
        is_inherited=left is None or left < clause_start(tokens, at),
        is_subset=is_subset(tokens, at, left),
        around=around,
    )


def numbers(tokens: Sequence[Token]) -> Iterator[int]:
    """Indexes of the counts and percentages, those of a fraction left out."""
    for index, token in enumerate(tokens):
        if token.is_number and not (is_fraction(tokens, index) or is_fraction(tokens, index + 2)):
            yield index
