"""The house's arrows: rooms import downwards only, and pure rooms touch no world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up. A room may import its own floor and those below it. A new module
# stands on the floor of its package, or is added here: that is the moment to think.
FLOORS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "crawler words",
        frozenset(
            {"crawler", "crawler.errors", "crawler.items", "crawler.raw", "crawler.selectors"}
        ),
    ),
    (
        "crawler pure",
        frozenset(
            {
                "crawler.addresses",
                "crawler.dates",
                "crawler.dating",
                "crawler.dayrange",
                "crawler.decorations",
                "crawler.discovery",
                "crawler.families",
                "crawler.feeds",
                "crawler.fold",
                "crawler.jsonlists",
                "crawler.listings",
                "crawler.page",
                "crawler.pagetext",
                "crawler.pagination",
                "crawler.probing",
                "crawler.opening",
                "crawler.opml",
                "crawler.reach",
                "crawler.reading",
                "crawler.sitemapfiles",
                "crawler.skimming",
                "crawler.triage",
                "crawler.urls",
                "crawler.values",
                "crawler.wire",
            }
        ),
    ),
    (
        "crawler edges",
        frozenset({"crawler.seedfile", "crawler.seedtext", "crawler.sources", "crawler.yamlfile"}),
    ),
    (
        "crawler machinery",
        frozenset(
            {
                "crawler.backfill",
                "crawler.client",
                "crawler.download",
                "crawler.entries",
                "crawler.finding",
                "crawler.job",
                "crawler.listwalk",
                "crawler.middlewares",
                "crawler.outcomes",
                "crawler.pages",
                "crawler.revisiting",
                "crawler.pastpages",
                "crawler.settings",
                "crawler.spider",
                "crawler.survey",
                "crawler.visit",
                "crawler.walking",
            }
        ),
    ),
    ("crawler entry", frozenset({"crawler.__main__"})),
    ("monitor words", frozenset({"monitor", "monitor.errors", "monitor.items"})),
    (
        "monitor pure",
        frozenset(
            {
                "monitor.alerts",
                "monitor.backfill_estimates",
                "monitor.completeness",
                "monitor.conditions",
                "monitor.days_off",
                "monitor.digest",
                "monitor.editions",
                "monitor.evaluation",
                "monitor.extractor",
                "monitor.health",
                "monitor.planning",
                "monitor.progress",
                "monitor.quotation",
                "monitor.rhythm",
                "monitor.source_findings",
                "monitor.source_verdicts",
                "monitor.tabulation",
                "monitor.trends",
            }
        ),
    ),
    (
        "monitor edges, of data",
        frozenset(
            {
                "monitor.config",
                "monitor.config_alerts",
                "monitor.config_channels",
                "monitor.config_subscriptions",
                "monitor.config_values",
                "monitor.config_service",
                "monitor.masking",
                "monitor.memory",
                "monitor.signals",
                "monitor.topics",
                "monitor.wording",
            }
        ),
    ),
    # Rendering takes the words as an argument and is pure; its templates are package data.
    ("monitor pure, with words", frozenset({"monitor.render"})),
    (
        "monitor edges",
        frozenset(
            {
                "monitor.archive",
                "monitor.channels",
                "monitor.drawing",
                "monitor.locks",
                "monitor.seed_files",
                "monitor.store",
                "monitor.warc",
            }
        ),
    ),
    (
        "monitor machinery",
        frozenset(
            {
                "monitor.bot",
                "monitor.doctor",
                "monitor.following",
                "monitor.backfilling",
                "monitor.ingest",
                "monitor.jobs",
                "monitor.reread",
                "monitor.feed_exchange",
                "monitor.surveying",
                "monitor.outbox",
                "monitor.publishing",
                "monitor.sending_test",
                "monitor.watch",
                "monitor.workers",
                "monitor.alerting",
                "monitor.cluster",
                "monitor.clocks",
                "monitor.crawls",
                "monitor.facts",
                "monitor.metrics",
                "monitor.notifying",
                "monitor.pruning",
                "monitor.readiness",
                "monitor.reloading",
                "monitor.service_state",
                "monitor.status_port",
                "monitor.timetable",
                "monitor.vitals",
            }
        ),
    ),
    # Apart: a press to be crawled knows nothing of who crawls it.
    ("press", frozenset({"monitor.press"})),
    ("monitor entry", frozenset({"monitor.__main__", "monitor.cli", "monitor.daemon"})),
)

PURE = frozenset({"crawler pure", "monitor pure", "monitor pure, with words"})

WORLD = frozenset(
    {
        "asyncio", "glob", "http", "httpx", "logging", "multiprocessing", "os", "requests",
        "scrapy", "shutil", "smtplib", "socket", "sqlite3", "sqlite_utils", "subprocess",
        "tempfile", "threading", "time", "twisted", "urllib.request",
    }
)  # fmt: skip
CLOCK_CALLS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
DISK_CALLS = frozenset({"open", "read_text", "read_bytes", "write_text", "write_bytes"})


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("crawler", "monitor"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def floor_of(module: str) -> int | None:
    """The floor of a module or of the nearest package above it that has one."""
    while module:
        for number, (_, rooms) in enumerate(FLOORS):
            if module in rooms:
                return number
        parent = module.rpartition(".")[0]
        module = parent if parent not in {"crawler", "monitor"} else ""
    return None


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


ALL = list(modules())
NAMES = {name for name, _ in ALL}


@pytest.mark.parametrize(("module", "path"), ALL, ids=[name for name, _ in ALL])
def test_a_room_imports_only_its_own_floor_and_those_below(module: str, path: Path) -> None:
    here = floor_of(module)
    assert here is not None, f"{module} has no floor: say in FLOORS where it belongs"
    for imported in imports(path):
        if imported in NAMES:
            there = floor_of(imported)
            assert there is not None
            assert there <= here, f"{module} ({FLOORS[here][0]}) imports {imported} from above"


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (name, path)
        for name, path in ALL
        if (floor := floor_of(name)) is not None and FLOORS[floor][0] in PURE
    ],
)
def test_a_pure_room_touches_no_disk_network_or_clock(module: str, path: Path) -> None:
    for imported in imports(path):
        touched = {imported, imported.partition(".")[0]} & WORLD
        assert not touched, f"{module} imports {imported}"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        called = ast.unparse(node.func)
        assert not called.endswith(CLOCK_CALLS), f"{module}:{node.lineno} asks the clock"
        assert name not in DISK_CALLS, f"{module}:{node.lineno} touches the disk"


@pytest.mark.parametrize(("module", "path"), ALL, ids=[name for name, _ in ALL])
def test_only_the_command_line_prints_and_exits(module: str, path: Path) -> None:
    if module.startswith("monitor.cli") or module.endswith("__main__"):
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            assert getattr(node.func, "id", "") != "print", f"{module}:{node.lineno} prints"
            assert ast.unparse(node.func) != "sys.exit", f"{module}:{node.lineno} exits"
