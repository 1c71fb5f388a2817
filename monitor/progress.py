"""Admissions against targets: for an organisation and a period, what was admitted of what was set.

Nothing is added up. What papers say differently stands side by side, each with its sentence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from monitor.extractor.text import fold
from monitor.items import Figure

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence


_COMMON_NAMES = frozenset({"Đảng", "Đoàn", "Nhà"})
"""Capitals of words that name a kind of organisation, not one organisation."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure with the article that prints it."""

    figure: Figure
    article_id: int
    group_id: int
    """Articles with the same one are copies of one story."""
    url: str
    paper: str
    province: str | None
    """Today's name of the province the article is about."""
    told_at: datetime
    """When it was published; undated: found."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One organisation's admissions against its target for one period."""

    org: str
    """As written where it was told last."""
    province: str | None
    period: str | None
    """Of the target, as written."""
    period_from: date | None
    """None, with ``period_to``, where the target names no days: both stand in one sentence."""
    period_to: date | None
    targets: tuple[Told, ...]
    """The latest first; several where papers, or days, differ in the value."""
    admitted: tuple[Told, ...]
    """The state of the latest day, the latest told first; several where values differ."""

    @property
    def low_share(self) -> float | None:
        """Admitted of the target in percent, the lowest reading; None where a target is 0."""
        if self.high_share is None:
            return None
        most = max(_highest(told) for told in self.targets)
        return _percent(min(told.figure.value for told in self.admitted), most)

    @property
    def high_share(self) -> float | None:
        """The highest reading; more than ``low_share`` where values differ or are ranges."""
        least = min(told.figure.value for told in self.targets)
        return _percent(max(_highest(told) for told in self.admitted), least)

    @property
    def is_contradicted(self) -> bool:
        """Whether different values are told for the target or for the same day's admissions."""
        return len(self.targets) > 1 or len(self.admitted) > 1

    @property
    def is_mixed(self) -> bool:
        """Whether no one story tells both the target and the admissions."""
        told_with = {told.group_id for told in self.targets}
        return told_with.isdisjoint(told.group_id for told in self.admitted)


def progress(told: Iterable[Told]) -> list[Progress]:
    """Pair targets with admissions.

    A target's period is met by admissions counted from its first day to a day within it, or
    by those in the same sentence where it names no days. Of several counts the one up to the
    latest day holds, and in one story the largest of that day: the others are parts of it.

    Args:
        told: Figures of any metric, in any order.

    Returns:
        Organisations with both, the latest told first.
    """
    by_org: defaultdict[Hashable, list[Told]] = defaultdict(list)
    for one in told:
        if one.figure.org and one.figure.metric in ("admitted", "target"):
            by_org[identity_of(one)].append(one)
    found = [pair for figures in by_org.values() for pair in _of_one(figures)]
    return sorted(found, key=_last_told_at, reverse=True)


def _of_one(figures: Sequence[Told]) -> Iterator[Progress]:
    targets: defaultdict[Hashable, list[Told]] = defaultdict(list)
    for one in figures:
        if one.figure.metric == "target":
            targets[_period(one)].append(one)
    admitted = [one for one in figures if one.figure.metric == "admitted"]
    for same_period in targets.values():
        target = same_period[0]
        counted = _latest([one for one in admitted if _meets(one, target)])
        if counted:
            yield _paired(_different(same_period), _different(counted))


def _paired(targets: tuple[Told, ...], admitted: tuple[Told, ...]) -> Progress:
    target, latest = targets[0], max((*targets, *admitted), key=lambda one: one.told_at)
    assert latest.figure.org is not None
    return Progress(
        org=latest.figure.org,
        province=latest.province,
        period=target.figure.period,
        period_from=target.figure.period_from,
        period_to=target.figure.period_to,
        targets=targets,
        admitted=admitted,
    )


def identity_of(told: Told) -> Hashable:
    """Which organisation is meant: by name and province, or, unnamed, that of this story only."""
    org = " ".join(fold(told.figure.org or "").split())
    return (org, told.province) if _is_named(told.figure.org or "") else (org, told.group_id)


def _is_named(org: str) -> bool:
    return any(word[0].isupper() and word not in _COMMON_NAMES for word in org.split()[1:])


def _period(target: Told) -> Hashable:
    figure = target.figure
    if figure.period_from and figure.period_to:
        return figure.period_from, figure.period_to, figure.basis
    return target.group_id, figure.evidence


def _meets(admitted: Told, target: Told) -> bool:
    wanted, counted = target.figure, admitted.figure
    if wanted.basis != counted.basis:
        return False
    if wanted.period_from is None or wanted.period_to is None:
        return admitted.article_id == target.article_id and counted.evidence == wanted.evidence
    if counted.period_to is None:
        return False
    starts_with_it = counted.period_from in (None, wanted.period_from)
    return starts_with_it and wanted.period_from <= counted.period_to <= wanted.period_to


def _latest(admitted: Sequence[Told]) -> list[Told]:
    """The counts up to the latest day, one a story."""
    last = max((one.figure.period_to for one in admitted if one.figure.period_to), default=None)
    largest: dict[int, Told] = {}
    for one in admitted:
        best = largest.get(one.group_id)
        if one.figure.period_to == last and (best is None or _size(one) > _size(best)):
            largest[one.group_id] = one
    return list(largest.values())


def _size(told: Told) -> tuple[float, datetime]:
    return told.figure.value, told.told_at


def _different(told: Sequence[Told]) -> tuple[Told, ...]:
    """One a value, the one told last, the latest first."""
    values: dict[Hashable, Told] = {}
    for one in sorted(told, key=lambda one: one.told_at):
        values[one.figure.value, one.figure.value_max, one.figure.qualifier] = one
    return tuple(sorted(values.values(), key=lambda one: one.told_at, reverse=True))


def _highest(told: Told) -> float:
    return told.figure.value_max or told.figure.value


def _percent(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _last_told_at(pair: Progress) -> datetime:
    return max(one.told_at for one in (*pair.targets, *pair.admitted))
