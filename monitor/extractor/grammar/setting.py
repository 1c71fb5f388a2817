"""What a sentence inherits from those before it: body, time, and what they were about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.occasions import first_period
from monitor.extractor.grammar.passages import Passage
from monitor.extractor.grammar.period_dates import term_named
from monitor.extractor.grammar.scopes import Around
from monitor.items import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding
    from monitor.extractor.grammar.organisations import Mention

_PARTY_CLASS: Final = re.compile(
    r"lớp.{0,40}(?:nhận thức|tìm hiểu|hiểu biết|cảm tình|đối tượng).{0,9}đảng"
)
_OTHER_CLASS: Final = re.compile(r"lớp.{0,40}(?:lý luận|đảng viên mới|nghiệp vụ|tập huấn)")
_OF_MEMBERS: Final = ("đảng viên", "vào đảng", "kết nạp đảng", "phát triển đảng", "hàng ngũ")
_BODIES: Final = frozenset({"party", "committee", "cell"})


@dataclass
class Setting:
    """What is known when a sentence begins: ``enter`` it, ``note`` its figures, ``leave`` it."""

    org: str | None = None
    host: str | None = None
    """The last body or department: who holds the classes."""
    home: str | None = None
    """Body of the commune or wider unit named first: for a text that names no body at all."""
    period: str | None = None
    term: tuple[int, int] | None = None
    """Years of the term named last."""
    in_class: bool = False
    """Whether a class on the party is what ``lớp`` means by now."""
    admits: bool = False
    """Whether the sentence before counted admissions."""
    admitted_in: int | None = None
    """The paragraph that counted admissions last."""
    is_of_party: bool = False
    """Whether any sentence before did."""
    metric: Metric | None = None
    """Of the last count."""
    paragraph: int = 0
    told: str | None = None
    """Whose the first figure of the sentence at hand was."""
    quiet: Passage | None = None
    """The sentence before where it counted nothing; read for its time when that is asked for."""

    def read_heading(self, heading: Passage) -> None:
        """What a headline says the text is about."""
        folded = heading.line.folded.text
        self.in_class = _names_party_class(folded)
        self.is_of_party = self.in_class or any(word in folded for word in _OF_MEMBERS)

    def read_ahead(self, passages: Sequence[Passage]) -> None:
        """The term a text names first: it may say ``từ đầu nhiệm kỳ`` before it says which."""
        terms = (term_named(passage.line.folded.text) for passage in passages)
        self.term = next((term for term in terms if term), None)

    def enter(self, passage: Passage) -> None:
        """Go on to a sentence; a time expression holds for its paragraph only."""
        if passage.paragraph != self.paragraph:
            self.period, self.paragraph, self.quiet = None, passage.paragraph, None
        if passage.may_count and self.quiet is not None:
            self.period = first_period(self.quiet.line) or self.period
        self.quiet = None if passage.may_count else passage
        self.term = term_named(passage.line.folded.text) or self.term

    def around(self, passage: Passage) -> Around:
        """What the sentences before tell the grammar."""
        is_in_class = self.in_class and not _OTHER_CLASS.search(passage.line.folded.text)
        admits = self.admitted_in == passage.paragraph
        return Around(self.is_of_party, is_in_class, self.metric, admits)

    def note(self, findings: Sequence[Finding], *, period: str | None, org: str | None) -> None:
        """Remember what a sentence counted, and when."""
        counted = [finding.metric for finding in findings if finding.metric != "share"]
        self.admits = "admitted" in counted
        if self.admits:
            self.admitted_in = self.paragraph
        self.is_of_party = self.is_of_party or bool({"admitted", "target"} & set(counted))
        self.metric = counted[-1] if counted else self.metric
        self.period = period or self.period
        self.told = org

    def leave(self, passage: Passage, orgs: dict[Mention, str | None]) -> None:
        """Remember the bodies a sentence named, and the last kind of class."""
        folded = passage.line.folded.text
        if "lớp" in folded:
            is_of_other = _OTHER_CLASS.search(folded) is not None
            self.in_class = not is_of_other and (self.in_class or _names_party_class(folded))
            self.is_of_party = self.is_of_party or self.in_class
        for mention in passage.mentions:
            if mention.role == "place" and mention.name and mention.rank > 1:
                self.home = self.home or f"Đảng bộ {mention.level} {mention.name}"
            if (
                mention.is_partner
                or mention.is_spread
                or mention.role not in _BODIES | {"department"}
            ):
                continue
            self.host = orgs[mention]
            if mention.role in _BODIES:
                self.org = orgs[mention]
        self.org = self.told or self.org
        self.told = None


def _names_party_class(folded: str) -> bool:
    """Whether a sentence speaks of a class on the party."""
    return _PARTY_CLASS.search(folded) is not None
