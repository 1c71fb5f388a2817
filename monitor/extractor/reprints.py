"""One story out of its copies: which is the original, and all figures, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.dating.text import VIETNAM
from monitor.extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import date

    from monitor.items import Figure

_WORD: Final = re.compile(r"\w+")
_HOUSE_WORDS: Final = frozenset(
    _WORD.findall(
        "báo và đài phát thanh truyền hình truyền thông trang tin thông điện tử online nguồn theo"
        " tỉnh thành phố"
    )
)
"""What papers call themselves, and credits leave out: ``Báo và Đài Phát thanh, Truyền hình``."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One of the articles that tell a story."""

    article_id: int
    paper: str
    url: str
    published_at: datetime | None
    has_time: bool
    credit: str | None
    """Whom it names as its source."""


def original_of(copies: Sequence[Printed]) -> Printed | None:
    """The article that the others were taken from, where that can be told.

    It is the one whose paper another one credits; failing that, of those that credit nobody,
    the only one or the one that was published first. Days are compared where a page gives no
    time; a tie tells nothing.
    """
    claims = {(one.paper, one.credit) for one in copies if one.credit is not None}
    credited = [
        one
        for one in copies
        if any(paper != one.paper and _names(credit, one) for paper, credit in claims)
    ]
    own = [one for one in credited or copies if not _is_taken(one)]
    return own[0] if len(own) == 1 else _earliest(own)


def merged_figures(
    paper: str, figures: Sequence[Figure], others: Iterable[tuple[str, Sequence[Figure]]]
) -> tuple[Figure, ...]:
    """The figures of a story's copies: each once, those not in all with the paper's name.

    Where two papers give one organisation and period different values, both stay, each with
    its paper.

    Args:
        paper: Whose copy is told.
        figures: Its figures; they come first.
        others: The other papers with theirs, in the order of telling.
    """
    merged = list(figures)
    for name, theirs in others:
        known = {_said(figure) for figure in merged} | {_stood(figure) for figure in merged}
        new = [f for f in theirs if _said(f) not in known and _stood(f) not in known]
        values = {_said(figure) for figure in theirs}
        disputed = {_asked(figure) for figure in new}
        merged = [
            replace(figure, paper=paper)
            if figure.paper is None and _asked(figure) in disputed and _said(figure) not in values
            else figure
            for figure in merged
        ]
        merged += [replace(figure, paper=name) for figure in new]
    return tuple(merged)


def changed_figures(
    before: Sequence[Figure], after: Sequence[Figure], *, old_text: str, new_text: str
) -> list[tuple[Figure, Figure]]:
    """Figures that a paper corrected: same metric, organisation and period, other value.

    A sentence that both texts hold was not corrected, however it was read each time.

    Args:
        before: Read from the old text.
        after: Read from the new one.
        old_text: Lead and body as they were.
        new_text: Lead and body as they are.

    Returns:
        Pairs of the figure as it was and as it is, in the order of the old text.
    """
    stayed = {_said(figure) for figure in before} & {_said(figure) for figure in after}
    gone = [f for f in before if _said(f) not in stayed and not _stands(f, new_text)]
    came = [f for f in after if _said(f) not in stayed and not _stands(f, old_text)]
    pairs: list[tuple[Figure, Figure]] = []
    for figure in gone:
        successor = next((new for new in came if _asked(new) == _asked(figure)), None)
        if successor is not None:
            came.remove(successor)
            pairs.append((figure, successor))
    return pairs


def _asked(figure: Figure) -> Hashable:
    """What a figure answers: two answers to it contradict each other."""
    said = (_bare(figure.org), _bare(figure.period), figure.basis, figure.is_derived)
    return figure.metric, *said


def _said(figure: Figure) -> Hashable:
    return _asked(figure), figure.value, figure.value_max, figure.qualifier


def _stood(figure: Figure) -> Hashable:
    """The same number in the same sentence, whatever was made of its organisation."""
    return figure.metric, figure.value, figure.value_max, _bare(figure.evidence)


def _stands(figure: Figure, text: str) -> bool:
    return _bare(figure.evidence) in _bare(text)


def _bare(text: str | None) -> str:
    return " ".join(_WORD.findall(fold(text or "")))


def _is_taken(one: Printed) -> bool:
    return one.credit is not None and not _names(one.credit, one)


def _names(credit: str | None, printed: Printed) -> bool:
    """Whether a credit is about a paper: by the words of its name, or by its site."""
    if credit is None:
        return False
    site = (urlsplit(printed.url).hostname or "").removeprefix("www.")
    if site and site in credit.lower():
        return True
    words = _own_words(credit)
    return bool(words) and words <= _own_words(printed.paper)


def _own_words(name: str) -> set[str]:
    return set(_WORD.findall(fold(name))) - _HOUSE_WORDS


def _earliest(copies: Sequence[Printed]) -> Printed | None:
    dated = [(_day(one.published_at), one) for one in copies if one.published_at is not None]
    if not dated or len(dated) < len(copies):
        return None
    first_day = min(day for day, _ in dated)
    first = [one for day, one in dated if day == first_day]
    if len(first) > 1 and all(one.has_time for one in first):
        moment = min(one.published_at for one in first if one.published_at is not None)
        first = [one for one in first if one.published_at == moment]
    return first[0] if len(first) == 1 else None


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
