"""A watch with two stories and a digest on its way, and a bot that listens beside it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import yaml

from monitor.bot.listener import Listener
from monitor.ingest import Ingest
from monitor.vitals import Vitals
from monitor.watch import Watch
from tests.fakes.telegram_api import TOKEN, BotServer
from tests.monitor.store.builders import FLAGGED, IRRELEVANT, SENTENCE, article, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from crawler.items import Article
    from monitor.items import Reading

SEEDS = {
    "province": "Gia Lai",
    "code": "52",
    "formed_on": date(2025, 7, 1),
    "sources": [
        {
            "key": "bao-gia-lai",
            "name": "Báo Gia Lai",
            "kind": "paper",
            "home": "https://bao-gia-lai.example/",
            "certainty": "checked",
            "feeds": [{"url": "https://bao-gia-lai.example/rss", "certainty": "checked"}],
        }
    ],
}
BODIES = (
    SENTENCE,
    "Xã mở đường mới.",
    "Chi bộ thôn Bình kết nạp ba quần chúng ưu tú sau lớp học hè.",
)


def write_config(folder: Path, bot: BotServer, **changes: Any) -> Path:
    """A watch whose digests go to a group and to one reader."""
    folder.mkdir(exist_ok=True)
    (folder / "seeds").mkdir(exist_ok=True)
    seeds = yaml.safe_dump(SEEDS, allow_unicode=True, sort_keys=False)
    (folder / "seeds" / "gia-lai.yaml").write_text(seeds, encoding="utf-8")
    telegram = {"token": TOKEN, "base_url": bot.base_url, "timeout": "10s"}
    settings: dict[str, Any] = {
        "digest": {"channels": ["telegram"]},
        "telegram": {**telegram, "chats": [-100, 7], **changes.pop("telegram", {})},
        **changes,
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


@contextmanager
def opened(config: Path) -> Iterator[Watch]:
    """The watch, with a story, an article that is none, and a source that was read just now."""
    with Watch.open(config) as watch:
        now = datetime.now(UTC)
        batch = Ingest(watch.store, extract=read_simply, clock=lambda: now)
        for number, body in enumerate(BODIES):
            published_at = now - timedelta(hours=1)
            batch.add(article(f"bai-{number}", body=body, published_at=published_at))
        batch.add(report(finished_at=now))
        batch.finish(now=now)
        yield watch


def read_simply(read: Article) -> Reading:
    """As the builders do, for whatever topic the watch has."""
    chosen = FLAGGED if "kết nạp" in read.body else IRRELEVANT
    (score,) = chosen.scores.values()
    return type(chosen)(scores={"dang-vien": score}, place=chosen.place, figures=chosen.figures)


@contextmanager
def listening(watch: Watch) -> Iterator[Vitals]:
    """The bot listens until the block ends."""
    vitals = Vitals()
    listener = Listener(lambda: watch, vitals=vitals)
    listener.follow()
    try:
        yield vitals
    finally:
        listener.stop()
