"""Runs crawl batches on the machines of a Dask cluster, when one machine is too small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from distributed import CancelledError, Client, KilledWorker

from crawler.wire import decode_job, decode_record, encode_job, encode_record
from monitor.errors import CrawlError
from monitor.workers import BatchEnd, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import CrawlJob, Record

_CONNECT_SECONDS = "10s"


class ClusterWorker:
    """Does what ``monitor.workers.Worker`` does, elsewhere.

    A batch whose machine dies runs again on another: jobs are idempotent. Its records come
    all at its end. diembao must be installed on every machine, in the same version.

    Args:
        address: Of the Dask scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises:
        CrawlError: No scheduler answers there.
    """

    def __init__(self, address: str) -> None:
        try:
            self._client = Client(address, set_as_default=False, timeout=_CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise CrawlError(f"crawl.cluster: no Dask scheduler answers at {address}") from error
        self.is_stopped = False

    def crawl(self, job: CrawlJob, on_record: Callable[[Record], None]) -> BatchEnd:
        """Run one batch to its end, then hand over its records.

        Raises:
            CrawlError: The child refused the job, or the cluster was stopped.
        """
        if self.is_stopped:
            raise CrawlError("the crawl was stopped before it began")
        running = self._client.submit(crawl_here, encode_job(job), pure=False)
        try:
            outcome: tuple[list[bytes], BatchEnd] = running.result()
        except (CancelledError, KilledWorker) as error:
            raise CrawlError(f"the cluster did not finish the crawl: {error}") from error
        records, end = outcome
        for line in records:
            on_record(decode_record(line))
        return end

    def stop(self) -> None:
        """Forget what runs and start no more."""
        self.is_stopped = True
        self._client.close()


def crawl_here(document: bytes) -> tuple[list[bytes], BatchEnd]:
    """On a machine of the cluster: one batch in a child process.

    Args:
        document: The job, as ``crawler.wire`` writes it.

    Returns:
        The records as lines, and how the child ended.
    """
    lines: list[bytes] = []
    end = Worker().crawl(decode_job(document), lambda record: lines.append(encode_record(record)))
    return lines, end
