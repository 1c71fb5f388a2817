"""Whose figure it is and for when: the organisation, the period, and whether for each year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.occasions import occasion_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding
    from monitor.extractor.grammar.organisations import Mention
    from monitor.extractor.grammar.setting import Setting
    from monitor.extractor.grammar.tokens import Token
    from monitor.extractor.grammar.words import Line

_APPOSING: Final = frozenset({",", "(", "thuộc", "-", "của"})
_YEARLY: Final = frozenset({"admitted", "target", "awareness_class"})
_BEFORE_SUBJECTS: Final = frozenset({",", ";", ":", ".", '"', "(", "toàn", "của", "nay", "mỗi"})
_BY_SOME: Final = frozenset({("có", "nơi"), ("nhiều", "nơi"), ("cá", "biệt")})
"""Words that leave open whose number it is."""
_OF: Final = frozenset({"của", "thuộc"})
_BY: Final = _OF | {"tại", "ở", "do"}
_NAMELESS: Final = frozenset({"chi bộ", "đảng bộ"})
_LIST_ENDS: Final = frozenset({",", ";", ":", "là", "như", "gồm", ")"})


@dataclass(frozen=True)
class Subject:
    """Whose and when."""

    orgs: tuple[str | None, ...]
    """More than one where ``A và B cùng`` did the same."""
    period: str | None
    is_per_year: bool
    beside: str | None = None
    """The period of the deed that a plan is told beside: ``kế hoạch năm`` is of its year."""


class Subjects:
    """Finds the subject of each reading of one sentence."""

    def __init__(
        self,
        line: Line,
        tokens: Sequence[Token],
        *,
        orgs: dict[Mention, str | None],
        setting: Setting,
    ) -> None:
        self._line = line
        self._tokens = tokens
        self._orgs = orgs
        self._setting = setting

    def of(self, finding: Finding) -> Subject:
        """The subject of one finding."""
        inherited = self._setting.period
        when = occasion_of(finding, self._line, tokens=self._tokens, inherited=inherited)
        per_year = when.is_each_year and finding.metric in _YEARLY
        return Subject(self._organisations(finding), when.period, per_year, beside=when.beside)

    def _organisations(self, finding: Finding) -> tuple[str | None, ...]:
        listed = self._listed(finding)
        if listed:
            return listed
        if _BY_SOME & set(pairwise(token.text for token in finding.scope.before)):
            return (None,)
        before = self._mentions(finding)
        if before and self._is_joint(finding):
            return tuple(self._orgs[m] for m in self._coordinated(before))
        candidates = self._candidates(before)
        owner = self._after(finding, _OF)
        if owner and self._is_earlier(candidates, finding):
            return (owner,)
        for index, mention in reversed(list(enumerate(candidates))):
            if mention.is_apart:
                return self._each_of(candidates[:index], mention)
            if mention.role == "department" and finding.metric != "awareness_class":
                return (None,)
            if not mention.is_spread and mention.role != "generic":
                return (self._named_later(mention, finding),)
        last = self._setting.host if finding.metric == "awareness_class" else self._setting.org
        named = self._after(finding, _BY) or last or self._later(finding)
        return (named or (None if self._is_of_several(finding) else self._setting.home),)

    def _named_later(self, mention: Mention, finding: Finding) -> str | None:
        """``"Chi bộ tôi 24 đảng viên", Bí thư Chi bộ thôn X kể``: named by who speaks."""
        org = self._orgs[mention]
        is_nameless = org is not None and org.lower() in _NAMELESS
        return (self._later(finding) or org) if is_nameless else org

    def _is_of_several(self, finding: Finding) -> bool:
        """``14 chi bộ trường học đã kết nạp 26 giáo viên``."""
        if finding.metric in ("members_total", "cells", "orgs"):
            return False
        counted = ("cell", "base", "counted")
        before = self._tokens[: finding.at]
        return any(one.is_number and two.kind in counted for one, two in pairwise(before))

    def _is_earlier(self, candidates: Sequence[Mention], finding: Finding) -> bool:
        """Whether the body named last stands in a clause before that of the number."""
        before = finding.scope.before
        return not candidates or not before or candidates[-1].after <= before[0].first

    def _each_of(self, before: Sequence[Mention], each: Mention) -> tuple[str | None, ...]:
        """``A và B, mỗi chi bộ kết nạp 4``: those named right before, else nobody by name."""
        is_near = before and self._line.texts[before[-1].after : each.first - 1] == (",",)
        group = self._coordinated(before) if is_near else []
        return tuple(self._orgs[mention] for mention in group) if len(group) > 1 else (None,)

    def _mentions(self, finding: Finding) -> list[Mention]:
        """Mentions before the number, addresses and closed brackets left out."""
        found: list[Mention] = []
        last: Mention | None = None
        for index, token in enumerate(self._tokens[: finding.at]):
            mention = token.mention
            if mention is None or self._is_bracketed(index, finding.at):
                continue
            is_address = last and not last.is_spread and self._is_address(last, index, mention)
            last = mention
            is_joined = mention.level is None and mention.role == "party"
            is_address = is_address and not (is_joined and self._is_joint(finding))
            if is_address or mention.is_partner or self._assigns(mention):
                continue
            found.append(mention)
        return found

    def _assigns(self, mention: Mention) -> bool:
        """``chỉ tiêu tỉnh giao``, ``huyện được tỉnh giao``: who set the goal."""
        before = self._line.texts[mention.first - 1] if mention.first else ""
        gives = self._line.texts[mention.after : mention.after + 1] == ("giao",)
        return gives and before in ("được", "do", "tiêu", "hoạch")

    def _candidates(self, found: list[Mention]) -> list[Mention]:
        """Those that can be a subject: a mere place only where a subject stands."""
        parties = [m for m in found if m.role not in ("place", "generic")]
        if parties and found[-1].role == "place" and not self._leads(found[-1]):
            return [m for m in found if m.role != "place"]
        return found

    def _leads(self, mention: Mention) -> bool:
        """Whether a place stands where a subject stands: at a clause's start, after toàn or của."""
        before = self._line.texts[mention.first - 1] if mention.first else ","
        return before in _BEFORE_SUBJECTS or before[-1].isdigit()

    def _is_address(self, one: Mention, index: int, other: Mention) -> bool:
        between = self._line.texts[one.after : other.first]
        near = len(between) <= 2 and all(text in _APPOSING or text == "trực" for text in between)
        return near and bool(between) and other.rank > one.rank and index > 0

    def _is_bracketed(self, index: int, at: int) -> bool:
        """Whether a token stands in brackets that are closed before another."""
        depth = 0
        for token in self._tokens[index:at]:
            depth += (token.text == "(") - (token.text == ")")
            if depth < 0:
                return True
        return False

    def _after(self, finding: Finding, introducing: frozenset[str]) -> str | None:
        """``lễ kết nạp 5 đảng viên của Chi bộ X``, ``5 đồng chí được Chi bộ X kết nạp``."""
        for index, token in enumerate(self._tokens[finding.at + 1 :], start=finding.at + 1):
            if token.is_boundary or token.is_number:
                return None
            mention = token.mention
            if mention and mention.role in ("party", "cell", "committee"):
                is_agent = finding.scope.right is not None and index < finding.scope.right
                if is_agent and introducing is _BY:
                    return self._orgs[mention]
                introduced = self._line.texts[mention.first - 1] in introducing
                return self._orgs[mention] if introduced and not mention.is_spread else None
        return None

    def _later(self, finding: Finding) -> str | None:
        """Where nothing was named yet, the first body the sentence comes to name."""
        mentions = [t.mention for t in self._tokens[finding.at :] if t.mention is not None]
        bodies = [m for m in mentions if m.role in ("party", "cell") and not m.is_spread]
        return self._orgs[bodies[0]] if bodies else None

    def _is_joint(self, finding: Finding) -> bool:
        left = finding.scope.left
        start = finding.at - 4 if left is None or left < finding.at - 4 else left - 1
        return any(token.kind == "joint" for token in self._tokens[max(start, 0) : finding.at])

    def _coordinated(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The last mention with those joined to it by commas and ``và``."""
        group = [mentions[-1]]
        for mention in reversed(mentions[:-1]):
            between = self._line.texts[mention.after : group[0].first]
            if between not in ((",",), ("và",), (",", "và")):
                break
            group.insert(0, mention)
        return [m for m in group if not m.is_spread] or group

    def _listed(self, finding: Finding) -> tuple[str | None, ...]:
        """``Đảng bộ X (kết nạp 19 đảng viên)``: the name before the bracket."""
        opening = self._opening(finding.at)
        if opening is None or opening == 0:
            return ()
        token = self._tokens[opening - 1]
        if token.mention is not None:
            if self._is_joint(finding):
                mentions = [t.mention for t in self._tokens[:opening] if t.mention]
                return tuple(self._orgs[m] for m in self._coordinated(mentions))
            return (self._orgs[token.mention],) if not token.mention.is_spread else ()
        return self._written_name(opening)

    def _written_name(self, opening: int) -> tuple[str | None, ...]:
        """A name that is no known kind of organisation, from the separator before it."""
        if self._tokens[opening - 1].kind not in ("word", "name", "person", "counted"):
            return ()
        after = self._tokens[opening].first
        first = after
        while first > 0 and self._line.texts[first - 1] not in _LIST_ENDS:
            first -= 1
        name = self._line.written(first, after)
        is_name = self._line.is_capital(first) and len(name) < 90 and first > 0
        return (name,) if is_name else ()

    def _opening(self, at: int) -> int | None:
        for index in range(at - 1, -1, -1):
            if self._tokens[index].text == ")":
                return None
            if self._tokens[index].text == "(":
                return index
        return None
