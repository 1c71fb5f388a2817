"""The notation in which a topic file writes its phrases, turned into regular expressions.

    kết nạp đảng viên        these words in this order
    (xã|phường) mới          one of several
    kết nạp [vào] đảng       with or without
    kết nạp N đảng viên      a number, in digits or in words
    kết nạp ~4 vào đảng      up to four other words in between

Brackets nest and may hold several words. A phrase begins and ends with something that must
be there. It is matched on folded text with single spaces, on word bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from monitor.extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"~([1-9]\d?)")
_NUMBER_WORDS = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười|hàng chục|hàng trăm|hàng nghìn"
"""Without ``năm``, which is a year more often than a five."""
_NUMBER = rf"(?:\d[\d.,/-]*|{_NUMBER_WORDS})"
_JOINT = """["']? ["']?"""
"""A quotation mark may open or close between two words: kết nạp những "hạt giống đỏ"."""

Words = tuple[str | None, ...]
"""One way to read a phrase; None where a number or other words stand."""


class PhraseError(ValueError):
    """A phrase breaks the notation; the message says how, without a full stop."""


@dataclass(frozen=True)
class _Word:
    text: str


@dataclass(frozen=True)
class _Number:
    pass


@dataclass(frozen=True)
class _Gap:
    words: int


@dataclass(frozen=True)
class _Choice:
    branches: tuple[tuple[_Node, ...], ...]
    is_optional: bool


_Node = _Word | _Number | _Gap | _Choice


@dataclass(frozen=True)
class Phrase:
    """One phrase, parsed."""

    nodes: tuple[_Node, ...]

    @property
    def regex(self) -> str:
        """For ``re.compile``; word bounds before and after are the caller's."""
        return _render(self.nodes)

    @property
    def openings(self) -> frozenset[str]:
        """The words it can begin with; none where it may begin with a number."""
        return frozenset(_first_words(self.nodes[0]))

    def needed(self) -> Iterator[frozenset[str]]:
        """Sets of words; a line without a word of each cannot hold the phrase."""
        for node in self.nodes:
            words = frozenset(_first_words(node))
            if words:
                yield words

    @property
    def shortest(self) -> int:
        """Words that stand in the phrase in any case, numbers and gaps not counted."""
        return min(sum(word is not None for word in words) for words in self.readings())

    def readings(self) -> Iterator[Words]:
        """Every way to read the phrase, longest and shortest included."""
        yield from _expand(self.nodes)


@lru_cache(maxsize=4096)  # a topic's phrases are checked, then compiled
def parse_phrase(text: str) -> Phrase:
    """Read one phrase.

    Raises:
        PhraseError: It breaks the notation.
    """
    tokens = _TOKEN.findall(text)
    nodes, rest = _sequence(tokens)
    if rest:
        raise PhraseError(f"'{rest[0]}' stands outside brackets")
    return Phrase(nodes)


def _sequence(tokens: Sequence[str]) -> tuple[tuple[_Node, ...], Sequence[str]]:
    """The nodes up to a ``|``, a closing bracket or the end, and what follows."""
    nodes: list[_Node] = []
    while tokens and tokens[0] not in {"|", ")", "]"}:
        node, tokens = _node(tokens)
        nodes.append(node)
    if not nodes:
        raise PhraseError("is empty, or has an empty bracket")
    for edge in (nodes[0], nodes[-1]):
        if isinstance(edge, _Gap) or (isinstance(edge, _Choice) and edge.is_optional):
            raise PhraseError("begins or ends with something that may be missing")
    return tuple(nodes), tokens


def _node(tokens: Sequence[str]) -> tuple[_Node, Sequence[str]]:
    piece, rest = tokens[0], tokens[1:]
    if piece in {"(", "["}:
        return _choice(rest, closing=")" if piece == "(" else "]")
    if piece == "N":
        return _Number(), rest
    if piece.startswith("~"):
        return _gap(piece), rest
    return _Word(fold(piece)), rest


def _gap(token: str) -> _Gap:
    match = _GAP.fullmatch(token)
    if not match:
        raise PhraseError(f"'{token}' is no gap; write ~ and a number of words from 1 to 99")
    return _Gap(int(match[1]))


def _choice(tokens: Sequence[str], *, closing: str) -> tuple[_Choice, Sequence[str]]:
    branches: list[tuple[_Node, ...]] = []
    while True:
        branch, tokens = _sequence(tokens)
        branches.append(branch)
        if not tokens:
            raise PhraseError(f"lacks a closing '{closing}'")
        mark, tokens = tokens[0], tokens[1:]
        if mark == closing:
            return _Choice(tuple(branches), is_optional=closing == "]"), tokens
        if mark != "|":
            raise PhraseError(f"has '{mark}' where '{closing}' should close")


def _render(nodes: Sequence[_Node]) -> str:
    first, *others = nodes
    return _render_node(first, joint="") + "".join(
        _render_node(node, joint=_JOINT) for node in others
    )


def _render_node(node: _Node, *, joint: str) -> str:
    match node:
        case _Word(text):
            return joint + re.escape(text)
        case _Number():
            return joint + _NUMBER
        case _Gap(words):
            return rf"""[,:"']*(?: [^ ;!?]+){{0,{words}}}?"""
        case _Choice(branches, is_optional):
            inner = "|".join(map(_render, branches))
            return f"(?:{joint}(?:{inner})){'?' if is_optional else ''}"


def _first_words(node: _Node) -> Iterator[str]:
    """Words of which one must stand where the node does; none where it may be missing."""
    if isinstance(node, _Word):
        yield from _WORD.findall(node.text)[:1]
    elif isinstance(node, _Choice) and not node.is_optional:
        firsts = [list(_first_words(branch[0])) for branch in node.branches]
        if all(firsts):
            yield from (word for words in firsts for word in words)


def _expand(nodes: Sequence[_Node]) -> Iterator[Words]:
    for parts in product(*map(_readings_of, nodes)):
        yield tuple(word for part in parts for word in part)


def _readings_of(node: _Node) -> list[Words]:
    match node:
        case _Word(text):
            return [(text,)]
        case _Choice(branches, is_optional):
            skipped: list[Words] = [()] if is_optional else []
            return skipped + [words for branch in branches for words in _expand(branch)]
    return [(None,)]
