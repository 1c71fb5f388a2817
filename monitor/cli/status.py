"""``status``: how the watch is doing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.certificate_notes import certificate_lines
from monitor.cli.chat_notes import moved_chat_lines, moved_chats
from monitor.cli.digest_status import digests_object, print_digests, print_topics, undelivered
from monitor.cli.output import out, print_json, print_table
from monitor.cli.settings import written_duration
from monitor.render.notices import job_in_words
from monitor.render.proof import failure_in_words
from monitor.service_state import running_service
from monitor.store.rows import SourcePlan, SourceState
from monitor.watch import Watch, now

_PATIENCE = timedelta(seconds=2)
"""For another process that writes: how the watch is doing can be read meanwhile."""


@app.command()
def status(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Show how the watch is doing: digests, deliveries, sources in trouble, the next visits."""
    with open_watch(config, patience=_PATIENCE, may_only_read=True) as watch:
        if json:
            print_json(_status_object(watch))
        else:
            _print_status(watch)


def _status_object(watch: Watch) -> dict[str, object]:
    return {
        "service": running_service(watch.config.database),
        "watching_since": watch.store.watching_since(),
        "counts": watch.store.counts(),
        "failing": _failing(watch),
        "gaps": _with_gaps(watch),
        **digests_object(watch),
        "undelivered": undelivered(watch),
        "moved_chats": moved_chats(watch),
        "runs": watch.store.last_runs(5),
        "sources": _plans(watch),
        "backfills": [
            {"source": key, "since": days.first, "until": days.last}
            for key, days in watch.store.unfinished_backfills()
        ],
    }


def _print_status(watch: Watch) -> None:
    say = watch.wording.say
    counts = watch.store.counts()
    since = watch.wording.moment(watch.store.watching_since(), watch.config.zone)
    out.print(say("status.watching", count=counts.watched, moment=since))
    out.print(say("status.articles", count=counts.articles, flagged=counts.flagged))
    if counts.skimmed:
        out.print(say("status.skimmed", count=counts.skimmed))
    _print_service(watch)
    print_topics(watch)
    print_digests(watch)
    _print_sources(watch)
    for line in (*certificate_lines(watch, watch.seeds.sources), *moved_chat_lines(watch)):
        out.print(line)
    _print_backfills(watch)
    _print_plans(watch)


def _print_service(watch: Watch) -> None:
    """Whether `diembao run` goes on, and what it cannot do."""
    state = running_service(watch.config.database)
    if state is None:
        out.print(watch.wording.say("service.stopped"))
        return
    since = watch.wording.moment(state.started_at, watch.config.zone)
    out.print(watch.wording.say("service.running", moment=since))
    for one in state.troubles:
        moment = watch.wording.moment(one.since, watch.config.zone)
        reason = watch.wording.say("trouble.since", moment=moment)
        job = job_in_words(one.job, wording=watch.wording)
        out.print(f"  {job}: {one.message} ({reason})")


def _print_backfills(watch: Watch) -> None:
    """Looking back that was begun and not finished."""
    for key, days in watch.store.unfinished_backfills():
        name = watch.sources[key].name if key in watch.sources else key
        first, last = watch.wording.day(days.first), watch.wording.day(days.last)
        command = f"diembao recrawl --source {key} --since {days.first} --until {days.last}"
        line = watch.wording.say("backfill.open", source=name, first=first, last=last)
        out.print(f"{line} {command}")


def _print_sources(watch: Watch) -> None:
    say = watch.wording.say
    failing = _failing(watch)
    if failing:
        out.print(say("status.failing", count=len(failing)))
    elif any(state.last_success_at for state in watch.store.source_states()):
        out.print(say("status.all_well"))
    for source in failing:
        assert source.failing_since_at is not None
        moment = watch.wording.moment(source.failing_since_at, watch.config.zone)
        kind, detail = source.failure_kind or "stopped", source.failure_detail or ""
        reason = failure_in_words(kind, detail, wording=watch.wording)
        out.print(f"  {source.name}: {reason}, {say('trouble.since', moment=moment)}")
    gaps = _with_gaps(watch)
    if gaps:
        out.print(say("status.gaps", count=len(gaps)))
    for source in gaps:
        out.print(f"  {source.name}: {_gap_in_words(watch, source)}")


def _gap_in_words(watch: Watch, source: SourceState) -> str:
    assert source.gap is not None
    say, zone = watch.wording.say, watch.config.zone
    outlook = "walked" if source.gap.resume else "tried"
    return say(
        "status.gap",
        since=watch.wording.moment(source.gap.since_at, zone),
        until=watch.wording.moment(source.gap.found_at, zone),
        outlook=say(f"status.gap_{outlook}", source=source.key),
    )


def _with_gaps(watch: Watch) -> list[SourceState]:
    states = watch.store.source_states()
    return [one for one in states if one.watched and one.gap is not None and one.gap.is_open]


def _print_plans(watch: Watch) -> None:
    plans = _plans(watch)
    if not plans:
        return
    out.print(f"\n{watch.wording.say('status.plans')}")
    columns = ("source", "next", "articles", "requests", "pace")
    print_table(
        [watch.wording.say(f"status.column.{column}") for column in columns],
        [_plan_row(watch, plan) for plan in plans],
    )


def _plan_row(watch: Watch, plan: SourcePlan) -> tuple[str, ...]:
    say, next_at = watch.wording.say, plan.next_visit_at
    if next_at is None or next_at <= now():
        next_visit = say("status.at_once")
    else:
        next_visit = watch.wording.moment(next_at, watch.config.zone)
    return (
        plan.name,
        next_visit,
        watch.wording.number(round(plan.articles_per_day, 1)),
        say("status.requests", count=plan.requests_today, most=plan.requests_per_day),
        say("status.rhythm") if plan.interval is None else written_duration(plan.interval),
    )


def _plans(watch: Watch) -> list[SourcePlan]:
    """Of all watched sources, the next to be visited first."""
    plans = watch.store.source_plans(now(), schedule=watch.config.crawl.schedule)
    dawn = datetime.min.replace(tzinfo=UTC)
    return sorted(plans, key=lambda plan: (plan.next_visit_at or dawn, plan.key))


def _failing(watch: Watch) -> list[SourceState]:
    states = watch.store.source_states()
    return [one for one in states if one.watched and one.failing_since_at is not None]
