"""The command line: parse, one call, print. Only this package prints, exits or sets up logs."""

from __future__ import annotations

import sys

from crawler.errors import CrawlerError
from monitor.cli import (  # noqa: F401 - each registers its commands
    alerting,
    deliveries,
    demo,
    digests,
    doctor,
    evaluating,
    figure_list,
    keeping,
    looking,
    marking,
    progress_view,
    pruning,
    reading,
    recrawling,
    rereading,
    settings,
    source_adding,
    source_exchange,
    status,
    watching,
)
from monitor.cli.app import app
from monitor.cli.logs import mask_in_force
from monitor.errors import MonitorError

BAD_INPUT = 2
INTERRUPTED = 130


def main() -> None:
    """Run ``diembao``; what is wrong with the input is one line and exit status 2."""
    try:
        app()
    except (MonitorError, CrawlerError) as error:
        print(mask_in_force()(f"diembao: {error}"), file=sys.stderr)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader, such as `head`, has seen enough
        sys.exit(0)
