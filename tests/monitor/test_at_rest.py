"""What the service does without while nothing happens: memory is held by what is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from monitor.press.press import Press
from monitor.press.watch import write_watch
from tests.monitor.store.builders import NOON

NEVER_NEEDED = (
    "htmldate",
    "matplotlib",
    "numpy",
    "scrapy",
    "sqlite_utils",
    "telegram",
    "trafilatura",
)

OPENED = """
import sys
from pathlib import Path
import monitor.cli
from monitor.watch import Watch
Watch.open(Path(sys.argv[1])).close()
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_a_watch_that_is_current_is_opened_without_heavy_libraries(tmp_path: Path) -> None:
    with Press(now=NOON) as press:
        config = write_watch(tmp_path, press)
    loaded = ""
    for _ in range(2):  # the first makes the database, with the library that takes its steps
        done = subprocess.run(
            [sys.executable, "-c", OPENED, str(config), *NEVER_NEEDED],
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = done.stdout
    assert loaded.split() == []
