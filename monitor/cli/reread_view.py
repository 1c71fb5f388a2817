"""How a reread article is shown: each change, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.render.figures import value_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from crawler.items import Article
    from monitor.items import Figure, Place, Score
    from monitor.reread import Reread
    from monitor.wording import Wording


def change_lines(one: Reread, *, wording: Wording, zone: ZoneInfo) -> Iterator[str]:
    """The article with its label, then a line a change; none for what no reader would see."""
    if not one.is_telling:
        return
    sign = "+" if one.is_gained else "-" if one.is_lost else "*"
    label = _label(one, wording)
    yield f"{sign} {one.before.id:>6} · {one.before.paper} · {label} · {one.article.title}"
    for name, old, new in _differences(one, wording, zone):
        yield f"    {wording.say(f'reread.{name}')}: {old} → {new}"
    for mark, figures in (("-", one.lost_figures), ("+", one.gained_figures)):
        for figure in figures:
            yield f"    {mark} {_figure(figure, wording)}"


def change_object(one: Reread) -> dict[str, Any]:
    """The same for other programs; a key without a change is null."""
    old, new = one.before.article, one.article
    before, after = _scores(one)
    return {
        "id": one.before.id,
        "url": old.url,
        "title": _pair(old.title, new.title, is_change=one.has_new_title),
        "label": _pair(before.label, after.label, is_change=one.has_new_label),
        "labels": {
            topic: _pair(*labels, is_change=labels[0] != labels[1])
            for topic, labels in one.labels.items()
        },
        "score": _pair(before.value, after.value, is_change=before.value != after.value),
        "published_at": _pair(old.published_at, new.published_at, is_change=one.has_new_date),
        "published_rule": _pair(old.published_rule, new.published_rule, is_change=one.has_new_date),
        "characters": _pair(_length(old), _length(new), is_change=one.has_new_text),
        "place": _pair(one.before.place, one.reading.place, is_change=one.has_new_place),
        "figures_lost": one.lost_figures,
        "figures_gained": one.gained_figures,
        "is_from_archive": one.is_from_archive,
    }


def _label(one: Reread, wording: Wording) -> str:
    """What changes, topic by topic; the topics are named where there are several."""
    changed = {topic: pair for topic, pair in one.labels.items() if pair[0] != pair[1]}
    if not changed:
        return wording.say(f"label.{one.reading.score.label}")
    words = {
        topic: " → ".join(wording.say(f"label.{label}") for label in pair)
        for topic, pair in changed.items()
    }
    if len(one.labels) == 1:
        return next(iter(words.values()))
    return ", ".join(f"{topic}: {change}" for topic, change in words.items())


def _pair(before: object, after: object, *, is_change: bool) -> dict[str, object] | None:
    return {"before": before, "after": after} if is_change else None


def _scores(one: Reread) -> tuple[Score, Score]:
    return one.before.score, one.reading.score


def _differences(one: Reread, wording: Wording, zone: ZoneInfo) -> Iterator[tuple[str, str, str]]:
    old, new = one.before.article, one.article
    if one.has_new_title:
        yield "title", old.title, new.title
    if one.has_new_date:
        yield "date", _date(old, wording, zone), _date(new, wording, zone)
    if one.has_new_text:
        yield "characters", wording.number(_length(old)), wording.number(_length(new))
    if one.has_new_place:
        yield "place", _place(one.before.place, wording), _place(one.reading.place, wording)


def _date(article: Article, wording: Wording, zone: ZoneInfo) -> str:
    if article.published_at is None:
        return wording.say("story.date_unknown")
    if article.has_time:
        moment = wording.moment(article.published_at, zone)
    else:
        moment = wording.day(article.published_at.astimezone(zone).date())
    return f"{moment} ({article.published_rule})"


def _length(article: Article) -> int:
    return len(article.sapo or "") + len(article.body)


def _place(place: Place, wording: Wording) -> str:
    names = [name for name in (place.unit, place.province) if name]
    return ", ".join(names) or wording.say("read.unknown")


def _figure(figure: Figure, wording: Wording) -> str:
    parts = (
        wording.say(f"metric.{figure.metric}"),
        value_in_words(figure, wording=wording),
        figure.period,
        figure.org,
    )
    return " · ".join(part for part in parts if part)
