from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import CrawlError
from monitor.press.press import Press
from monitor.press.watch import write_watch
from tests.service import diembao, diembao_json

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=1, processes=False, dashboard_address=None, protocol="tcp", host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_crawls_what_one_machine_would(scheduler: str, tmp_path: Path) -> None:
    with Press(now=datetime.now(UTC)) as press:
        config = write_watch(tmp_path, press)
        settings = config.read_text("utf-8").replace(
            "crawl:\n", f"crawl:\n  cluster: {scheduler}\n"
        )
        config.write_text(settings, encoding="utf-8")
        crawled = diembao_json("crawl", "--config", config)
        assert crawled["new"] == len(press.truth())


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with Press(now=datetime.now(UTC)) as press:
        config = write_watch(tmp_path, press)
    settings = config.read_text("utf-8").replace(
        "crawl:\n", "crawl:\n  cluster: tcp://127.0.0.1:9\n"
    )
    config.write_text(settings, encoding="utf-8")
    done = diembao("crawl", "--config", config)
    assert done.returncode == 2
    assert "tcp://127.0.0.1:9" in done.stderr.strip().splitlines()[-1]


def test_a_stopped_cluster_starts_no_more(scheduler: str) -> None:
    from crawler.items import CrawlJob
    from monitor.cluster import ClusterWorker

    worker = ClusterWorker(scheduler)
    worker.stop()
    with pytest.raises(CrawlError, match="stopped"):
        worker.crawl(CrawlJob(started_at=datetime.now(UTC), tasks=()), lambda _record: None)
