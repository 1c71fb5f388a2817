"""How one article is printed for people: facts, text, reasons, figures, revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.cli.figure_table import print_figures
from monitor.cli.output import out
from monitor.items import rank_of
from monitor.render.corrections import correction_line
from monitor.render.places import place_in_full
from monitor.render.plain import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from crawler.items import Article
    from monitor.items import Figure, Place, Reason, Score, Shortfall
    from monitor.store.article_rows import StoredArticle
    from monitor.wording import Wording

_RAW_UNITS = 120


def print_reading(
    article: Article,
    *,
    scores: Mapping[str, Score],
    place: Place,
    figures: Sequence[Figure],
    wording: Wording,
    zone: ZoneInfo,
    note: str | None = None,
) -> None:
    """An article and what the extractor makes of it; topics are named where there are several.

    Args:
        article: The article.
        scores: By topic.
        place: Where it happened.
        figures: What it counts.
        wording: The reader's language.
        zone: The reader's.
        note: Why there is no text, to stand in its place.
    """
    say = wording.say
    ranked = sorted(scores.items(), key=lambda one: (*rank_of(one[1]), one[0]))
    facts = {
        "title": article.title,
        "url": article.url,
        "published": _published(article, wording, zone),
        "author": article.author,
        "origin": article.original_source,
        "place": place_in_full(place, wording=wording),
        "label": _labels(ranked, wording),
        "sapo": article.sapo,
    }
    for key, value in facts.items():
        if value:
            out.print(f"{say(f'read.{key}')}: {value}")
    out.print(f"\n{article.body or note or ''}\n")
    for topic, score in ranked:
        if len(ranked) > 1 and (score.reasons or score.shortfall):
            out.print(f"{topic}:")
        _print_reasons(score.reasons, wording)
        if score.shortfall is not None:
            out.print(shortfall_line(score.shortfall, wording=wording))
    print_figures(figures, wording=wording)


def print_stored(stored: StoredArticle, wording: Wording, zone: ZoneInfo) -> None:
    """A stored article with its copies, corrections, revisions and mark."""
    print_reading(
        stored.article,
        scores={one.topic: one.score for one in stored.scores},
        place=stored.place,
        figures=stored.figures,
        wording=wording,
        zone=zone,
        note=_pruned(stored, wording, zone) if stored.is_pruned else None,
    )
    _print_copies(stored, wording)
    for correction in stored.corrections:
        moment = wording.moment(correction.found_at, zone)
        line = correction_line(correction, wording=wording)
        out.print(wording.say("show.correction", moment=moment, line=line))
    for mark in (one.mark for one in stored.scores if one.mark is not None):
        verdict = wording.say(f"mark.verdict.{mark.verdict}")
        topic = f" ({mark.topic})" if len(stored.scores) > 1 else ""
        out.print(wording.say("show.mark", verdict=verdict) + topic)
    if stored.state == "gone":
        out.print(wording.say("show.gone"))
    for revision in stored.revisions:
        seen = wording.moment(revision.article.fetched_at, zone)
        out.print(wording.say("show.revision", moment=seen, title=revision.article.title))


def _pruned(stored: StoredArticle, wording: Wording, zone: ZoneInfo) -> str:
    if stored.pruned_at is None:
        return wording.say("show.pruned_once")
    return wording.say("show.pruned", moment=wording.moment(stored.pruned_at, zone))


def _labels(ranked: Sequence[tuple[str, Score]], wording: Wording) -> str:
    labels = {
        topic: f"{wording.say(f'label.{score.label}')} ({wording.number(round(score.value, 2))})"
        for topic, score in ranked
    }
    if len(labels) == 1:
        return labels[ranked[0][0]]
    return ", ".join(f"{topic}: {label}" for topic, label in labels.items())


def _print_copies(stored: StoredArticle, wording: Wording) -> None:
    for copy in stored.copies:
        original = wording.say("story.original", paper=copy.paper)
        paper = original if copy.is_original else copy.paper
        out.print(wording.say("show.copies", paper=paper, url=copy.url))


def _published(article: Article, wording: Wording, zone: ZoneInfo) -> str:
    if article.published_at is None:
        return wording.say("story.date_unknown")
    moment = (
        wording.moment(article.published_at, zone)
        if article.has_time
        else wording.day(article.published_at.astimezone(VIETNAM).date())
    )
    return " · ".join((_with_rule(moment, article, wording), *_dispute(article, wording, zone)))


def _with_rule(moment: str, article: Article, wording: Wording) -> str:
    rule, raw = article.published_rule or "", one_line(article.published_raw or "")
    if not raw:
        return wording.say("read.date_rule", moment=moment, rule=rule)
    return wording.say("read.date_read", moment=moment, rule=rule, raw=shorten(raw, _RAW_UNITS))


def _dispute(article: Article, wording: Wording, zone: ZoneInfo) -> Iterator[str]:
    if article.is_date_disputed and article.witness_at is not None:
        told = wording.moment(article.witness_at, zone)
        yield wording.say("read.date_disputed", moment=told)


def _print_reasons(reasons: Sequence[Reason], wording: Wording) -> None:
    for reason in reasons:
        where = wording.say(f"where.{reason.where}")
        out.print(f"{reason.weight:+.1f}  {reason.term} ({where}): {reason.sentence}")


def shortfall_line(shortfall: Shortfall, *, wording: Wording) -> str:
    """What a story that is not flagged lacks, in one sentence."""
    points = round(shortfall.points, 1)
    missing = (
        wording.say("shortfall.points", points=wording.number(points))
        if points
        else wording.say("shortfall.enough")
    )
    why = [wording.say(f"shortfall.lack.{lack}") for lack in shortfall.lacks]
    return f"{missing}: {'; '.join(why)}" if why else missing
