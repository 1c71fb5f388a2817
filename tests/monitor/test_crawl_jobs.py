"""What a crawl batch leaves behind when its child does not end well."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor import jobs
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.watch import Watch
from monitor.workers import BatchEnd, Worker


class CrashingWorker(Worker):
    """Its children end at once, as one that ran out of memory would."""

    def crawl(self, job: object, on_record: object) -> BatchEnd:
        return BatchEnd(status=-9, last_words="MemoryError")


def test_a_child_that_crashed_is_told_with_its_last_words(tmp_path: Path) -> None:
    with Press(now=datetime.now(UTC)) as press:
        config = write_watch(tmp_path, press)
    with Watch.open(config) as watch:
        [source, *_] = watch.sources.values()
        summary = jobs.crawl_batch(watch, [source], worker=CrashingWorker())
        states = {state.key: state for state in watch.store.source_states()}
    assert summary.failures == {"stopped": 1}
    assert states[source.key].failure_detail == "the crawler ended with status -9: MemoryError"
