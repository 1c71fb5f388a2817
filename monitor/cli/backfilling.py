"""Looks back in sources from the command line, and says what was covered and what remains."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crawler.items import DayRange
from monitor import backfilling
from monitor.cli.app import DEFAULT_CONFIG
from monitor.cli.backfill_progress import BackfillProgress
from monitor.cli.output import out, print_json
from monitor.errors import InputError
from monitor.render.proof import failure_in_words
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crawler.items import Source, Walk
    from monitor.backfill_estimates import Estimate
    from monitor.backfilling import BackfillState, Order
    from monitor.watch import Watch


def backfill_and_tell(
    watch: Watch, sources: Sequence[Source], order: Order, *, config: Path, json: bool
) -> None:
    """Read the past of sources in the foreground; print what is covered, also when interrupted.

    Raises:
        InputError: A source has no way into its past, or must not be asked now.
    """
    backfilling.check(watch, sources, at=now())
    backfilling.begin(watch, sources, order.days)
    started_at = now()
    progress = BackfillProgress(watch, sources, order)
    try:
        with progress:
            backfilling.backfill(
                watch, sources, order, worker=watch.worker(), observe=progress.observe
            )
    finally:
        seconds = round((now() - started_at).total_seconds(), 1)
        states = [backfilling.state_of(watch, source, order.days) for source in sources]
        if json:
            print_json(_object(states, asked=progress.asked, seconds=seconds))
        else:
            _print(watch, states, asked=progress.asked, seconds=seconds, config=config)


def estimate_and_tell(watch: Watch, sources: Sequence[Source], order: Order, *, json: bool) -> None:
    """Print how much there is, without reading or storing a story.

    Raises:
        InputError: As ``backfill_and_tell``.
    """
    backfilling.check(watch, sources, at=now())
    estimates = backfilling.look(watch, sources, order, worker=watch.worker())
    if json:
        print_json([asdict(one) for one in estimates])
        return
    for one in estimates:
        out.print(_estimate_line(watch, one, order))
    out.print(watch.wording.say("backfill.nothing_read"))


def day_range(watch: Watch, since: date, until: date) -> DayRange:
    """The days somebody means; those that are not over end with today.

    Raises:
        InputError: The first lies after the last, or in the future.
    """
    today = now().astimezone(watch.config.zone).date()
    if since > until:
        raise InputError(f"--since {since} lies after --until {until}")
    if since > today:
        raise InputError(f"--since {since} lies in the future")
    return DayRange(first=since, last=min(until, today))


def _estimate_line(watch: Watch, one: Estimate, order: Order) -> str:
    wording = watch.wording
    name = watch.source(one.source).name
    if one.pages is None or one.duration is None:
        return f"{name}: {wording.say('backfill.unknown', documents=one.documents)}"
    total = one.pages + one.documents
    line = wording.say(
        "backfill.estimate",
        pages=one.pages,
        documents=one.documents,
        time=wording.duration(one.duration),
        runs=-(-total // order.requests),
    )
    return f"{name}: {line}"


def _print(
    watch: Watch,
    states: Sequence[BackfillState],
    *,
    asked: int,
    seconds: float,
    config: Path,
) -> None:
    say = watch.wording.say
    for state in states:
        out.print(f"{state.source.name}: {_covered(watch, state)}")
        for walk in state.walks:
            if walk.failure is not None or _ends_early(walk, state):
                out.print(f"  {walk.entry}: {_trouble(watch, walk)}")
    time = watch.wording.duration(timedelta(seconds=seconds))
    out.print(say("backfill.run", count=asked, time=time))
    left = [state for state in states if not state.is_done]
    if any(not backfilling.allowance(watch, state.source, at=now()) for state in left):
        out.print(say("backfill.tomorrow"))
    if left:
        out.print(say("backfill.go_on", command=_command(left, config)))


def _covered(watch: Watch, state: BackfillState) -> str:
    wording, days = watch.wording, state.days
    parts = [
        wording.say(
            _phrase(state),
            count=state.covered,
            of=days.count,
            first=wording.day(days.first),
            last=wording.day(days.last),
        ),
        wording.say("backfill.requests_all", count=state.requests),
        wording.say("crawl.new", count=state.new),
        wording.say("crawl.flagged", count=state.flagged),
    ]
    waiting = sum(not walk.is_done for walk in state.walks)
    if waiting:
        parts.append(wording.say("backfill.remains", count=waiting, of=len(state.walks)))
    return " · ".join(parts)


def _phrase(state: BackfillState) -> str:
    if not state.is_done:
        return "backfill.covered"
    return "backfill.done" if state.covered == state.days.count else "backfill.ended"


def _ends_early(walk: Walk, state: BackfillState) -> bool:
    """Whether a listing had no further page before the first day, and no sitemap leads there."""
    first = state.days.first
    if any(one.kind == "sitemap" and one.reached_on == first for one in state.walks):
        return False
    return walk.kind == "listing" and walk.is_done and walk.reached_on != first


def _trouble(watch: Watch, walk: Walk) -> str:
    wording = watch.wording
    if walk.failure is not None:
        return failure_in_words(walk.failure, walk.detail or "", wording=wording)
    if walk.reached_on is None:
        return wording.say("backfill.no_older")
    return wording.say("backfill.ends", day=wording.day(walk.reached_on))


def _command(states: Sequence[BackfillState], config: Path) -> str:
    days = states[0].days
    sources = [word for state in states for word in ("--source", state.source.key)]
    words = ["diembao", "recrawl", *sources, "--since", str(days.first), "--until", str(days.last)]
    if config != DEFAULT_CONFIG:
        words += ["--config", str(config)]
    return shlex.join(words)


def _object(states: Sequence[BackfillState], *, asked: int, seconds: float) -> dict[str, object]:
    """What ``recrawl --until --json`` ends with; other programs build on its keys."""
    sources = [
        {
            "source": state.source.key,
            "since": state.days.first,
            "until": state.days.last,
            "is_done": state.is_done,
            "days": state.days.count,
            "days_covered": state.covered,
            "requests": state.requests,
            "new": state.new,
            "flagged": state.flagged,
            "walks": state.walks,
        }
        for state in states
    ]
    return {"sources": sources, "requests": asked, "seconds": seconds}
