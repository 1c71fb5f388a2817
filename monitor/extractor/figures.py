"""Reading figures: numbers about admissions and members, each with its sentence and body.

A text is cut into sentences, a sentence into typed tokens; rules over the tokens decide what
each number means (``readings``), whose it is and for when (``subjects``).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.directory import Directory, build_directory
from monitor.extractor.grammar.occasions import period_as_written
from monitor.extractor.grammar.passages import Passage, read_heading, read_passages
from monitor.extractor.grammar.period_dates import NO_DAYS, Reader, days_of
from monitor.extractor.grammar.periods import find_periods
from monitor.extractor.grammar.readings import read
from monitor.extractor.grammar.setting import Setting
from monitor.extractor.grammar.subjects import Subject, Subjects
from monitor.extractor.grammar.tokens import Token, tokenize
from monitor.extractor.text import fold
from monitor.items import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from monitor.extractor.grammar.findings import Finding
    from monitor.extractor.grammar.organisations import Mention
    from monitor.extractor.grammar.words import Line

_OF_A_BODY: Final = frozenset({"members_total", "cells", "orgs"})
"""Metrics that mean nothing without an organisation."""
_CLAUSE_WORDS: Final = 16
"""Kept on either side of a percentage."""
_UNKNOWN_WORDS: Final = 3
"""The same of one that the grammar does not know."""
_JOINTS: Final = frozenset({"và", "cùng", "còn"})
_NO_UNITS: Final = frozenset({"và", "vào", "theo", "lên", "là", "ở", "tại", "trong", "của"})
_LED_BY: Final = re.compile(r"^đảng ủy\b")
_UNIT_WORDS: Final = 8
"""Longest description of a part that is kept."""


def find_figures(
    text: str, *, title: str | None = None, published_on: date | None = None
) -> tuple[Figure, ...]:
    """Read the figures of a text about developing party membership.

    Args:
        text: Title, lead and body, or the body alone; any Unicode form.
        title: Headline, for resolving organisations the text only names there.
        published_on: Local day of publication; later years count as planned, and relative
            periods are dated by it.

    Returns:
        Figures in reading order, a figure repeated by lead or headline once. Offsets and
        ``evidence`` refer to ``text`` as given.
    """
    passages = read_passages(text)
    if not any(passage.may_count for passage in passages):
        return ()
    heading = read_heading(title or "")
    directory = build_directory([heading, *passages])
    org = _heading_org(directory, heading)
    setting = Setting(org, org)
    setting.read_heading(heading)
    setting.read_ahead([heading, *passages])
    found: list[Figure] = []
    for index, passage in enumerate(passages, start=1):
        setting.enter(passage)
        orgs = {m: directory.resolve(index, m) for m in passage.mentions}
        found.extend(_read_passage(passage, orgs, setting=setting, published_on=published_on))
        setting.leave(passage, orgs)
    return tuple(_without_repeats(found))


def _heading_org(directory: Directory, heading: Passage) -> str | None:
    full = next((mention for mention in heading.mentions if mention.is_full), None)
    return directory.resolve(0, full) if full else None


def _read_passage(
    passage: Passage,
    orgs: dict[Mention, str | None],
    *,
    setting: Setting,
    published_on: date | None,
) -> Iterator[Figure]:
    if not passage.may_count:
        return
    line = passage.line
    year = published_on.year if published_on else None
    periods = find_periods(line.folded.text, year=year)
    tokens = _in_context(tokenize(line, mentions=passage.mentions, periods=periods), setting)
    subjects = Subjects(line, tokens, orgs=orgs, setting=setting)
    findings = read(tokens, around=setting.around(passage))
    told: str | None = None
    for finding in findings:
        subject = subjects.of(finding)
        told = told or subject.orgs[0]
        reader = Reader(published_on, setting.term, finding.metric == "target")
        yield from _figures(passage, tokens, finding=finding, subject=subject, reader=reader)
    setting.note(findings, period=_first_period(line, tokens), org=told)


def _in_context(tokens: tuple[Token, ...], setting: Setting) -> tuple[Token, ...]:
    """Words that mean what the sentences before were about: ``lớp``, ``tiêu biểu``."""
    kinds = {token.kind for token in tokens}
    meant: dict[str, str] = {}
    if setting.in_class and not kinds & {"class", "theory"}:
        meant["course"] = "class"
    if setting.admits and not kinds & {"admit", "grow", "class", "official"}:
        meant["foremost"] = "admit"
    if not meant:
        return tokens
    return tuple(t._replace(kind=meant[t.kind]) if t.kind in meant else t for t in tokens)


def _figures(
    passage: Passage,
    tokens: Sequence[Token],
    *,
    finding: Finding,
    subject: Subject,
    reader: Reader,
) -> Iterator[Figure]:
    if finding.metric in _OF_A_BODY and subject.orgs == (None,):
        return
    if subject.beside:
        reader = reader._replace(published_on=days_of(subject.beside, reader).last)
    days = days_of(subject.period, reader) if subject.period else NO_DAYS
    for org in subject.orgs:
        yield Figure(
            metric=finding.metric,
            value=finding.value,
            value_max=finding.value_max,
            unit=_unit(passage.line, tokens[finding.at], finding=finding),
            qualifier=finding.qualifier,
            basis="per_year" if subject.is_per_year else None,
            period=subject.period,
            period_from=days.first,
            period_to=days.last,
            org=org,
            evidence=passage.sentence.text,
            start=passage.sentence.start,
            end=passage.sentence.end,
            note=finding.note or _said_of_share(passage.line, finding),
        )


def _unit(line: Line, number: Token, *, finding: Finding) -> str | None:
    """The unit as written; for a part its whole description."""
    if number.quantity is not None and number.quantity.is_percent:
        return "%"
    unit = finding.scope.unit
    if unit is None:
        return _unknown_unit(line, finding)
    if not finding.is_subset:
        return line.written(unit.first, unit.after)
    behind = [token for token in finding.scope.behind if token.first >= unit.first]
    ends = next((t.first for t in behind if t.is_number or t.kind == "mark"), None)
    after = ends if ends is not None else (behind[-1].after if behind else unit.after)
    after = max(min(after, unit.first + _UNIT_WORDS), unit.after)
    while after > unit.after and line.texts[after - 1] in _JOINTS:
        after -= 1
    return line.written(unit.first, after)


def _said_of_share(line: Line, finding: Finding) -> str | None:
    """The clause of a percentage: a bare ``12,5%`` does not say of what."""
    if finding.metric != "share":
        return None
    clause = finding.scope.clause
    at = finding.scope.tokens[finding.at].first
    first = max(clause[0].first, at - _CLAUSE_WORDS)
    return line.written(first, min(clause[-1].after, at + _CLAUSE_WORDS))


def _unknown_unit(line: Line, finding: Finding) -> str | None:
    """``7 trưởng ấp``: the words between an admission's number and what follows them."""
    words = list(takewhile(lambda token: token.kind == "word", finding.scope.behind))
    if finding.metric != "admitted" or not words or not words[0].text.isalpha():
        return None
    if words[0].text in _NO_UNITS:
        return None
    return line.written(words[0].first, words[:_UNKNOWN_WORDS][-1].after)


def _first_period(line: Line, tokens: Sequence[Token]) -> str | None:
    first = next((token for token in tokens if token.kind == "period"), None)
    return period_as_written(line, first) if first else None


def _without_repeats(figures: Sequence[Figure]) -> list[Figure]:
    """Headline and lead say again what the body says; the fuller of two equal figures stays."""
    kept: list[Figure] = []
    for figure in figures:
        twin = next((i for i, other in enumerate(kept) if _repeats(figure, other)), None)
        if twin is None:
            kept.append(figure)
        elif _fullness(figure) > _fullness(kept[twin]):
            kept[twin] = figure
    return sorted(kept, key=lambda figure: figure.start)


def _repeats(one: Figure, other: Figure) -> bool:
    if one.start == other.start or one.metric != other.metric or one.value != other.value:
        return False
    if (one.value_max, one.qualifier, one.basis) != (other.value_max, other.qualifier, other.basis):
        return False
    if one.evidence == other.evidence:
        return one.unit == other.unit and one.org == other.org
    is_one_org = one.org is None or other.org is None or _body(one) == _body(other)
    return is_one_org and _is_one_time(one.period or "", other.period or "")


def _body(figure: Figure) -> str:
    """Đảng ủy xã X leads Đảng bộ xã X: what either admits is admitted once."""
    return _LED_BY.sub("đảng bộ", fold(figure.org or ""))


def _is_one_time(one: str, other: str) -> bool:
    """``quý I`` and ``quý I/2024``, or one of them not told."""
    return fold(one) in fold(other) or fold(other) in fold(one)


def _fullness(figure: Figure) -> int:
    is_of_body = figure.org is not None and _LED_BY.match(fold(figure.org)) is None
    told = (figure.org is not None, is_of_body, figure.period is not None, figure.unit is not None)
    return sum(told)
