"""A crawl child whose wall clock is set while it waits, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

WAITS = """
import asyncio, sys, time

true_time, set_back = time.time, 0.0
time.time = lambda: true_time() - set_back

from crawler.job import wait_by_steady_clock

if sys.argv[1] == "steady":
    wait_by_steady_clock()
loop = asyncio.new_event_loop()
from twisted.internet import asyncioreactor

asyncioreactor.install(loop)
from twisted.internet import reactor

reactor.callLater(0.1, print, "waited")
reactor.callLater(0.2, reactor.stop)
loop.call_later(2, loop.stop)
set_back = 18_000.0
reactor.run()
"""


@pytest.mark.parametrize(("clock", "said"), [("steady", "waited"), ("wall", "")])
def test_what_waits_goes_on_where_the_clock_is_set_back(clock: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WAITS, clock],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == said
