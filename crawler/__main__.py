"""``python -m crawler``: one crawl job in on standard input, its records out on standard output."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from crawler.errors import JobError
from crawler.wire import decode_job, encode_record

if TYPE_CHECKING:
    from typing import BinaryIO

    from crawler.items import Record

BAD_JOB_STATUS = 2
UNWRITTEN_STATUS = 1


def main() -> int:
    """Read the job, crawl, write records.

    Returns:
        The exit status: 2 where the job is none, 1 where nobody takes the records.
    """
    # Taken first: a parent that ends while the crawl engine is imported is noticed as well.
    parent_id = os.getppid()
    try:
        job = decode_job(sys.stdin.buffer.read())
    except JobError as error:
        print(f"not a crawl job: {error}", file=sys.stderr)
        return BAD_JOB_STATUS
    records = _take_standard_output()

    # Late, since it takes most of a second: a bad job is refused without it.
    from crawler.job import run_job

    def emit(record: Record) -> None:
        records.write(encode_record(record))
        records.flush()

    try:
        run_job(job, emit=emit, parent_id=parent_id)
    except OSError as error:
        print(f"records not written: {error}", file=sys.stderr)
        return UNWRITTEN_STATUS
    return 0


def _take_standard_output() -> BinaryIO:
    """Keep standard output for records; whatever else prints goes to standard error."""
    records = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return records


if __name__ == "__main__":
    sys.exit(main())
