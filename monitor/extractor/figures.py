"""Reading figures: numbers about admissions and members, each with its sentence and body.

A text is cut into sentences, a sentence into typed tokens; rules over the tokens decide what
each number means (``readings``), whose it is and for when (``subjects``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from monitor.extractor.directory import Directory, build_directory
from monitor.extractor.passages import Passage, read_passage, read_passages
from monitor.extractor.periods import find_periods
from monitor.extractor.readings import read
from monitor.extractor.subjects import Setting, Subject, Subjects, period_as_written
from monitor.extractor.text import Sentence, fold
from monitor.extractor.tokens import Token, tokenize
from monitor.items import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from monitor.extractor.findings import Finding
    from monitor.extractor.organisations import Mention
    from monitor.extractor.words import Line

_PARTY_CLASS: Final = re.compile(r"lớp.{0,40}(?:nhận thức|tìm hiểu|hiểu biết|cảm tình).{0,5}đảng")
_OTHER_CLASS: Final = re.compile(r"lớp.{0,40}(?:lý luận|đảng viên mới|nghiệp vụ|tập huấn)")
_OF_A_BODY: Final = frozenset({"members_total", "cells", "orgs"})
"""Metrics that mean nothing without an organisation."""
_UNIT_WORDS: Final = 8
"""Longest description of a part that is kept."""


def find_figures(
    text: str, *, title: str | None = None, published_on: date | None = None
) -> tuple[Figure, ...]:
    """Read the figures of a text about developing party membership.

    Args:
        text: Title, lead and body, or the body alone; any Unicode form.
        title: Headline, for resolving organisations the text only names there.
        published_on: Local day of publication; later years count as planned.

    Returns:
        Figures in reading order, a figure repeated by lead or headline once. Offsets and
        ``evidence`` refer to ``text`` as given.
    """
    passages = read_passages(text)
    if not any(passage.may_count for passage in passages):
        return ()
    heading = read_passage(Sentence(title or "", 0, 0), -1)
    directory = build_directory([heading, *passages])
    setting = Setting(org=_heading_org(directory, heading))
    year = published_on.year if published_on else None
    found: list[Figure] = []
    for index, passage in enumerate(passages, start=1):
        setting.enter(passage.paragraph)
        found.extend(_read_passage(passage, index, directory=directory, setting=setting, year=year))
    return tuple(_without_repeats(found))


def _heading_org(directory: Directory, heading: Passage) -> str | None:
    full = next((mention for mention in heading.mentions if mention.is_full), None)
    return directory.resolve(0, full) if full else None


def _read_passage(
    passage: Passage, index: int, *, directory: Directory, setting: Setting, year: int | None
) -> Iterator[Figure]:
    line, mentions = passage.line, passage.mentions
    orgs = {mention: directory.resolve(index, mention) for mention in mentions}
    if passage.may_count:
        periods = find_periods(line.folded.text, year=year)
        tokens = _in_context(tokenize(line, mentions=mentions, periods=periods), setting)
        subjects = Subjects(line, tokens, orgs=orgs, setting=setting)
        findings = read(tokens)
        for finding in findings:
            subject = subjects.of(finding)
            yield from _figures(passage, tokens, finding=finding, subject=subject)
        setting.admits = any(finding.metric == "admitted" for finding in findings)
        setting.period = _first_period(line, tokens) or setting.period
    setting.in_class = _is_on_class(line.folded.text, before=setting.in_class)
    setting.org = _last_org(mentions, orgs) or setting.org


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
    return tuple(token._replace(kind=meant.get(token.kind, token.kind)) for token in tokens)


def _figures(
    passage: Passage, tokens: Sequence[Token], *, finding: Finding, subject: Subject
) -> Iterator[Figure]:
    if finding.metric in _OF_A_BODY and subject.orgs == (None,):
        return
    for org in subject.orgs:
        yield Figure(
            metric=finding.metric,
            value=finding.value,
            value_max=finding.value_max,
            unit=_unit(passage.line, tokens[finding.at], finding=finding),
            qualifier=finding.qualifier,
            basis="per_year" if subject.is_per_year else None,
            period=subject.period,
            org=org,
            evidence=passage.sentence.text,
            start=passage.sentence.start,
            end=passage.sentence.end,
            note=finding.note,
        )


def _unit(line: Line, number: Token, *, finding: Finding) -> str | None:
    """The unit as written; for a part its whole description."""
    if number.quantity is not None and number.quantity.is_percent:
        return "%"
    unit = finding.scope.unit
    if unit is None:
        return None
    if not finding.is_subset:
        return line.written(unit.first, unit.after)
    behind = [token for token in finding.scope.behind if token.first >= unit.first]
    ends = next((t.first for t in behind if t.is_number or t.kind == "mark"), None)
    after = ends if ends is not None else (behind[-1].after if behind else unit.after)
    return line.written(unit.first, max(min(after, unit.first + _UNIT_WORDS), unit.after))


def _first_period(line: Line, tokens: Sequence[Token]) -> str | None:
    first = next((token for token in tokens if token.kind == "period"), None)
    return period_as_written(line, first) if first else None


def _is_on_class(folded: str, *, before: bool) -> bool:
    """Whether a later ``lớp`` means a class on the party: the last kind of class named."""
    if _OTHER_CLASS.search(folded):
        return False
    return before or _PARTY_CLASS.search(folded) is not None


def _last_org(mentions: Sequence[Mention], orgs: dict[Mention, str | None]) -> str | None:
    named = [m for m in mentions if m.role in ("party", "committee", "cell") and not m.is_spread]
    return orgs[named[-1]] if named else None


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
    if one.value_max != other.value_max or one.basis != other.basis:
        return False
    if one.evidence == other.evidence:
        return one.unit == other.unit and one.org == other.org
    return _agree(one.org, other.org) and _agree(one.period, other.period)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or fold(one) == fold(other)


def _fullness(figure: Figure) -> int:
    return (figure.org is not None) + (figure.period is not None) + (figure.unit is not None)
