"""``demo``: the whole way on a simulated press, from its pages to a digest, in a minute."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import publishing
from monitor.cli.app import app, open_watch
from monitor.cli.output import notes, out
from monitor.cli.watching import crawl_and_tell
from monitor.errors import InputError
from monitor.evaluation import GoldFigure, JudgedLabel, evaluate_figures, evaluate_flags
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.watch import now

if TYPE_CHECKING:
    from datetime import date

    from monitor.items import Figure, Label
    from monitor.press.items import ExpectedFigure
    from monitor.watch import Watch


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option(help="Keep the watch in this new folder, not a temporary one.")
    ] = None,
) -> None:
    """Crawl a simulated press on this machine and write its digest; no internet is used."""
    home = _home(folder)
    with Press(now=now()) as press:
        config = _write_watch(home, press)
        with open_watch(config) as watch:
            say = watch.wording.say
            notes.print(say("demo.press", count=len(press.sites)))
            crawl_and_tell(watch, list(watch.sources.values()), json=False)
            digest = publishing.record_digest(
                watch, watch.subscription(), day=_today(watch), at=now()
            )
            assert digest is not None
            publishing.deliver_due(watch)
            out.print("")
            out.print(publishing.letter_for(watch)(digest).text)
            is_right = _compare(watch, press)
            page = watch.config.outbox / f"{digest.day}.html"
            out.print(say("demo.digest", path=str(page)))
    if not is_right:
        raise typer.Exit(1)


def _home(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="diembao-demo-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder}: is no empty folder; name a new one")
    return folder


def _write_watch(home: Path, press: Press) -> Path:
    try:
        return write_watch(home, press)
    except OSError as error:
        raise InputError(f"{home}: cannot be written: {error.strerror}") from error


def _today(watch: Watch) -> date:
    return now().astimezone(watch.config.zone).date()


def _compare(watch: Watch, press: Press) -> bool:
    """Print how the flags agree with what the press knows of its own stories."""
    truth = press.truth()
    stored = {row.id: _stored(watch, row.url) for row in truth}
    flags = evaluate_flags(
        JudgedLabel(id=row.id, found=stored[row.id][0], gold=row.label) for row in truth
    )
    figures = evaluate_figures(
        {row.id: stored[row.id][1] for row in truth},
        {row.id: map(_as_gold, row.figures) for row in truth},
    )
    say = watch.wording.say
    for key, result in (("demo.flags", flags), ("demo.figures", figures)):
        expected = result.tp + result.fn
        out.print(say(key, right=result.tp, count=expected, wrong=result.fp))
    for article_id in flags.wrong:
        out.print(f"  {press.url(article_id)}")
    return not flags.wrong


def _as_gold(figure: ExpectedFigure) -> GoldFigure:
    return GoldFigure(
        metric=figure.metric,
        value=figure.value,
        value_max=figure.value_max,
        qualifier=figure.qualifier,
        org=figure.org,
    )


def _stored(watch: Watch, url: str) -> tuple[Label, tuple[Figure, ...]]:
    try:
        stored = watch.store.article(url)
    except InputError:
        return "none", ()
    return stored.score.label, stored.figures
