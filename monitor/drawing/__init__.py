"""Draws pictures in a child process: the service itself never loads what draws them."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 60
"""A drawing takes half of one; a machine that is busy elsewhere may need more."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_BYTES = 40_000
"""A larger picture would leave too little of the mail for its words."""

_LAST_WORDS = 500


def draw(
    chart: Mapping[str, object], *, deadline_seconds: float = DEADLINE_SECONDS
) -> bytes | None:
    """Draw a chart.

    Args:
        chart: As ``monitor.render.trend.chart_of`` makes it.
        deadline_seconds: How long the child may take; then it is killed.

    Returns:
        A PNG, the same bytes for the same chart; None where it could not be drawn, which is
        logged: a letter without its picture is better than no letter.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "monitor.drawing"],
            input=json.dumps(chart).encode(),
            capture_output=True,
            timeout=deadline_seconds,
            check=True,
            start_new_session=True,  # Ctrl-C ends the service in order, this ends by itself
        )
    except subprocess.CalledProcessError as error:
        log.warning("no picture: the child ended with %d: %s", error.returncode, _last_words(error))
        return None
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("no picture: %s", error)
        return None
    if not done.stdout.startswith(_SIGNATURE) or len(done.stdout) > _MOST_BYTES:
        log.warning("no picture: the child wrote %d bytes that are none", len(done.stdout))
        return None
    return done.stdout


def _last_words(error: subprocess.CalledProcessError) -> str:
    said: str = error.stderr.decode("utf-8", "replace")
    return " ".join(said.split())[-_LAST_WORDS:]
