"""The service while somebody sets the clock, in real processes (Debian: libfaketime)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.press.press import Press
from monitor.press.watch import write_watch
from tests.service import diembao_json, running

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")

CRAWLED = r"\d+/\d+ nguồn"


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(now=datetime.now(UTC)) as press:
        yield press


def watch_one_source(seeds: Path) -> None:
    for file in seeds.glob("*.yaml"):
        if "gia-lai" not in file.name:
            file.unlink()


def environment_of(clock: Path) -> dict[str, str]:
    return {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def test_after_hours_forward_and_back_it_crawls_on_as_planned(press: Press, tmp_path: Path) -> None:
    config = write_watch(tmp_path, press)
    watch_one_source(tmp_path / "seeds")
    text = config.read_text("utf-8").replace("crawl:\n", "crawl:\n  interval: 5s\n")
    config.write_text(text, "utf-8")
    clock = tmp_path / "clock"
    clock.write_text("+0", "utf-8")
    with running(config, environment=environment_of(clock)) as service:
        service.wait_for(CRAWLED)
        clock.write_text("+5h", "utf-8")
        service.wait_for(r"the clock jumped by \+(17999|18000|18001) s")
        service.wait_for(CRAWLED)
        clock.write_text("+0", "utf-8")
        service.wait_for(r"the clock jumped by -(17999|18000|18001) s")
        service.wait_for("times lay in the future and were brought back")
        service.wait_for(CRAWLED)
        assert service.terminate() == 0
    status = diembao_json("status", "--config", config)
    now = datetime.now(UTC)
    assert all(datetime.fromisoformat(one["started_at"]) <= now for one in status["runs"])
