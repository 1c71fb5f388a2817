"""Picks the sentence of a story that a digest quotes, sparing the people it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.items import Figure, Score

_TELLING = frozenset({"admitted", "target", "official", "awareness_class", "share"})
"""Figures about admissions; the size of an organisation alone tells nothing new."""

_QUOTABLE_LETTERS = range(25, 421)
"""Shorter is a caption, longer a paragraph without full stops."""

_BIRTH_OR_CLASS = re.compile(
    r"(?<!học )(?<!thí )\b(?:sinh(?: ngày| tháng| năm)*|sn|năm sinh)"
    r"\W{0,3}(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d\b"
    r"|\blớp (?:1[0-2]|[6-9])(?:[a-z]\d*| [a-z]\d+)\b"
)
"""Searched in folded text: a birth year or a school class such as 12A1.

Students and examinees of a year (học sinh năm 2026) are no births.
"""

_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
_NAME = rf"[{_UPPER}]\w*(?: [{_UPPER}]\w*){{1,4}}"
_NAME_WITH_AGE = re.compile(
    rf"{_NAME}(?:,? ?\(?(?:sn|SN)? ?(?:19|20)\d\d\)|\W{{1,2}}\d\d tuổi(?! [Đđ]ảng))"
)
_ADDRESSED = (
    r"(?:đồng chí|đ/c|các đồng chí|em|các em|anh|chị|ông|bà|bạn|quần chúng(?: ưu tú)?"
    r"|đoàn viên(?: ưu tú)?|học sinh|sinh viên|đảng viên(?: mới| dự bị| trẻ)?|chiến sĩ)"
)
_ADDRESSED_NAME = re.compile(rf"\b(?i:{_ADDRESSED}):? (?P<name>{_NAME})")
_OFFICE = re.compile(
    r"\W{1,3}(?:nguyên )?(?:(?:\w+ )?ủy viên|bí thư|phó|chủ tịch|chủ nhiệm|trưởng|giám đốc"
    r"|hiệu trưởng|chính ủy|chính trị viên|chánh|tổng|thường trực|đại tá|thượng tá)\b"
)
"""What follows the name of somebody who speaks for an organisation (folded)."""
_OFFICE_REACH_LETTERS = 30


@dataclass(frozen=True)
class _Candidate:
    sentence: str
    weight: float
    tells_figure: bool
    holds_figure: bool


def sentence_that_matters(score: Score, figures: Sequence[Figure], *, title: str) -> str:
    """The sentence to quote from a story.

    Among the sentences with a reason for the flag or with a figure, one that names nobody
    goes before one that names somebody without a public office; then one that is not the
    title again, is of readable length, tells an admission figure, and has the strongest
    reasons. A sentence with somebody's birth year, age or school class is never taken.

    Args:
        score: Its reasons carry their sentences; vetoes do not count.
        figures: Of the same text.
        title: Of the same text.

    Returns:
        The sentence, NFC, or an empty string where none may be quoted.
    """
    candidates = [found for found in _candidates(score, figures) if not _is_private(found.sentence)]
    if not candidates:
        return ""
    folded_title = fold(title).strip(" .")
    return max(candidates, key=lambda candidate: _preference(candidate, folded_title)).sentence


def may_be_quoted(sentence: str) -> bool:
    """Whether a sentence says nothing of a person: no name without an office, no age or class."""
    return not _is_private(sentence) and not names_a_person(sentence)


def names_a_person(sentence: str) -> bool:
    """Whether it names somebody who is not introduced by a public office."""
    return any(
        not _OFFICE.match(fold(sentence[found.end() :])[:_OFFICE_REACH_LETTERS])
        for found in _ADDRESSED_NAME.finditer(nfc(sentence))
    )


def _is_private(sentence: str) -> bool:
    return bool(_BIRTH_OR_CLASS.search(fold(sentence)) or _NAME_WITH_AGE.search(nfc(sentence)))


def _preference(
    candidate: _Candidate, folded_title: str
) -> tuple[bool, bool, bool, bool, float, bool]:
    return (
        not names_a_person(candidate.sentence),
        fold(candidate.sentence).strip(" .") != folded_title,
        len(candidate.sentence) in _QUOTABLE_LETTERS,
        candidate.tells_figure,
        candidate.weight,
        candidate.holds_figure,
    )


def _candidates(score: Score, figures: Sequence[Figure]) -> list[_Candidate]:
    """One a sentence, in the order of reasons, then of figures."""
    weights: dict[str, float] = {}
    for reason in score.reasons:
        if reason.weight > 0:
            sentence = nfc(reason.sentence).strip()
            weights[sentence] = weights.get(sentence, 0.0) + reason.weight
    for figure in figures:
        evidence = nfc(figure.evidence).strip()
        if not any(evidence in sentence for sentence in weights):
            weights[evidence] = 0.0
    return [_candidate(sentence, weight, figures) for sentence, weight in weights.items()]


def _candidate(sentence: str, weight: float, figures: Sequence[Figure]) -> _Candidate:
    held = [figure for figure in figures if nfc(figure.evidence).strip() in sentence]
    return _Candidate(
        sentence=sentence,
        weight=weight,
        tells_figure=any(figure.metric in _TELLING for figure in held),
        holds_figure=bool(held),
    )
