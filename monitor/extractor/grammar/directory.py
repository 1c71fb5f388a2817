"""Which organisation a text means by ``Đảng bộ phường``, ``nhà trường`` or ``toàn huyện``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.extractor.grammar.organisations import Mention, find_nested, what_a_name_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.passages import Passage

_NEAR_PEOPLE = frozenset({0, 1})
"""Ranks whose party body is a chi bộ."""


@dataclass(frozen=True)
class Named:
    """A level with the name it was given somewhere in the text."""

    line: int
    level: str
    name: str
    level_as_written: str
    is_partner: bool = False
    """Whether it only helped: ``họp ghép với thôn X``."""


@dataclass
class Directory:
    """The names a text has used, in reading order, and the last body of each kind.

    ``names`` is filled from the whole text before anything is resolved, for some stories
    name the district only after they have said ``toàn huyện``.
    """

    names: list[Named] = field(default_factory=list)
    bodies: dict[tuple[str | None, str], str] = field(default_factory=dict)
    """Level and name in small letters to the full đảng bộ or chi bộ that bears them."""
    last_party: str | None = None
    last_cell: str | None = None

    def learn(self, index: int, passage: Passage) -> None:
        """Note the names a passage gives to levels."""
        told = what_a_name_is(passage.line)
        if told is not None:
            level, name = told
            self.names.append(Named(index, level, name, level))
        for outer in passage.mentions:
            self._learn(index, outer)
            for inner in find_nested(passage.line, outer):
                self._learn(index, inner)

    def _learn(self, index: int, mention: Mention) -> None:
        if not mention.name or mention.is_spread:
            return
        if mention.level is not None:
            level = _level_as_written(mention)
            named = Named(index, mention.level, mention.name, level, mention.is_partner)
            self.names.append(named)
        if mention.role in ("party", "cell"):
            key = mention.level, mention.name.lower()
            self.bodies.setdefault(key, _title(mention.written))

    def resolve(self, index: int, mention: Mention) -> str | None:
        """The full name of a mention, and remember it as the last of its kind."""
        if mention.role == "generic" or mention.is_apart:
            return None
        org = self._full(index, mention)
        if mention.is_spread:
            return org
        if mention.role in ("party", "committee") or org.startswith("Đảng bộ"):
            self.last_party = self._as_party(index, mention) or org
        elif mention.role == "cell" or (mention.role == "place" and mention.rank in _NEAR_PEOPLE):
            self.last_cell = self._as_cell(index, mention, org)
        return org

    def _full(self, index: int, mention: Mention) -> str:
        if mention.role in ("department", "union"):
            return mention.written
        if mention.is_full:
            return self._with_name(mention)
        if mention.level is None:
            last = self.last_cell if mention.role == "cell" else self.last_party
            return last or _title(mention.written)
        if mention.role == "cell":
            return self._named(index, mention.level, head="Chi bộ") or _title(mention.written)
        if mention.role == "place" and mention.rank in _NEAR_PEOPLE:
            return self._named(index, mention.level, head="") or mention.written
        return self._named(index, mention.level, head="Đảng bộ") or f"Đảng bộ {mention.level}"

    def _with_name(self, mention: Mention) -> str:
        if mention.role != "place":
            return _title(mention.written)
        return self._body(mention.level, mention.name) or mention.written

    def _body(self, level: str | None, name: str) -> str | None:
        """The body known by a name, whether its level was said or not (``Đảng bộ Phủ Lý``)."""
        return self.bodies.get((level, name.lower())) or self.bodies.get((None, name.lower()))

    def _named(self, index: int, level: str, *, head: str) -> str | None:
        """The body of the nearest organisation of a level: before the line, else after it."""
        every = [name for name in self.names if name.level == level]
        named = [name for name in every if not name.is_partner] or every
        if not named:
            return None
        before = [name for name in named if name.line <= index]
        nearest = before[-1] if before else named[0]
        known = self.bodies.get((level, nearest.name.lower()))
        if known is None and head == "Đảng bộ":
            known = self.bodies.get((None, nearest.name.lower()))
        if known is not None and known.startswith(head):
            return known
        return f"{head} {nearest.level_as_written} {nearest.name}".strip()

    def _as_party(self, index: int, mention: Mention) -> str | None:
        """``Huyện ủy X`` or ``Đảng ủy xã X`` as the body it leads."""
        if mention.role != "committee" or mention.level is None:
            return None
        if not mention.name:
            return self._named(index, mention.level, head="Đảng bộ")
        return (
            self._body(mention.level, mention.name)
            or f"Đảng bộ {_level_as_written(mention)} {mention.name}"
        )

    def _as_cell(self, index: int, mention: Mention, org: str) -> str:
        if mention.role == "cell":
            return org
        named = None if mention.name else self._named(index, mention.level or "", head="Chi bộ")
        return named or f"Chi bộ {mention.written}"


def build_directory(passages: Sequence[Passage]) -> Directory:
    """A directory that knows every name of the text and has resolved nothing yet."""
    directory = Directory()
    for index, passage in enumerate(passages):
        directory.learn(index, passage)
    return directory


def _level_as_written(mention: Mention) -> str:
    """As it stands inside a sentence: ``huyện``, ``TP``, ``Trường``."""
    level = mention.level or ""
    if mention.role == "committee" and mention.written[:2].lower() != "đả":
        return level
    before = mention.written[: len(mention.written) - len(mention.name)]
    at = before.lower().find(level)
    written = before[at : at + len(level)] if at >= 0 else before.split()[-1]
    is_administrative = mention.rank not in _NEAR_PEOPLE and not written.isupper()
    return written.lower() if is_administrative else written


def _title(written: str) -> str:
    if written.lower().startswith("toàn đảng bộ"):
        written = written[len("toàn ") :]
    return written[:1].upper() + written[1:]
