"""What a sentence inherits from those before it: body, time, and what they were about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from monitor.extractor.period_dates import term_named
from monitor.extractor.scopes import Around
from monitor.items import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.findings import Finding
    from monitor.extractor.organisations import Mention
    from monitor.extractor.passages import Passage

_PARTY_CLASS: Final = re.compile(r"lớp.{0,40}(?:nhận thức|tìm hiểu|hiểu biết|cảm tình).{0,5}đảng")
_OTHER_CLASS: Final = re.compile(r"lớp.{0,40}(?:lý luận|đảng viên mới|nghiệp vụ|tập huấn)")
_BODIES: Final = frozenset({"party", "committee", "cell"})


@dataclass
class Setting:
    """What is known when a sentence begins; changed by ``enter``, ``note`` and ``leave``."""

    org: str | None = None
    host: str | None = None
    """The last body or department: who holds the classes."""
    period: str | None = None
    term: tuple[int, int] | None = None
    """Years of the term named last."""
    in_class: bool = False
    """Whether a class on the party is what ``lớp`` means by now."""
    admits: bool = False
    """Whether the sentence before counted admissions."""
    is_of_party: bool = False
    """Whether any sentence before did."""
    metric: Metric | None = None
    """Of the last count."""
    paragraph: int = 0

    def enter(self, passage: Passage) -> None:
        """Go on to a sentence; a time expression holds for its paragraph only."""
        if passage.paragraph != self.paragraph:
            self.period, self.paragraph = None, passage.paragraph
        self.term = term_named(passage.line.folded.text) or self.term

    def around(self, passage: Passage) -> Around:
        """What the sentences before tell the grammar."""
        is_in_class = self.in_class and not _OTHER_CLASS.search(passage.line.folded.text)
        return Around(self.is_of_party, is_in_class, self.metric)

    def note(self, findings: Sequence[Finding], *, period: str | None) -> None:
        """Remember what a sentence counted, and when."""
        counted = [finding.metric for finding in findings if finding.metric != "share"]
        self.admits = "admitted" in counted
        self.is_of_party = self.is_of_party or bool({"admitted", "target"} & set(counted))
        self.metric = counted[-1] if counted else self.metric
        self.period = period or self.period

    def leave(self, passage: Passage, orgs: dict[Mention, str | None]) -> None:
        """Remember the bodies a sentence named, and the last kind of class."""
        folded = passage.line.folded.text
        if "lớp" in folded:
            is_of_other = _OTHER_CLASS.search(folded) is not None
            self.in_class = not is_of_other and (self.in_class or names_party_class(folded))
        for mention in passage.mentions:
            if mention.is_spread or mention.role not in _BODIES | {"department"}:
                continue
            self.host = orgs[mention]
            if mention.role in _BODIES:
                self.org = orgs[mention]


def names_party_class(folded: str) -> bool:
    """Whether a sentence speaks of a class on the party."""
    return _PARTY_CLASS.search(folded) is not None
