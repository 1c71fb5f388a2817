"""``diembao prune`` on a watch that has been going on for long."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from tests.monitor.cli.desk import Desk, command
from tests.service import running


def aged(desk: Desk, days: int) -> None:
    """Let all that was stored have been stored earlier."""
    then = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with sqlite3.connect(desk.config.parent / "data/diembao.db") as db:
        db.execute("UPDATE skimmed_pages SET found_at = ?", (then,))
        db.execute("UPDATE articles SET found_at = ?, seen_at = ?", (then, then))
        db.execute("UPDATE crawl_runs SET started_at = ?", (then,))
    db.close()


def test_what_is_old_goes_stories_stay_and_nothing_is_found_anew(own: Desk) -> None:
    first = own.json("crawl")
    assert own.json("prune")["pruned"] == {"skimmed": 0, "texts": 0, "revisions": 0, "runs": 0}
    aged(own, days=400)
    would = own.json("prune", "--dry-run")["pruned"]
    assert would["skimmed"] == first["skimmed"] > 0
    assert own.json("prune", "--vacuum")["pruned"] == would
    status = own.json("status")
    assert (status["counts"]["skimmed"], status["counts"]["flagged"]) == (0, first["flagged"])
    again = own.json("crawl")
    assert (again["new"], again["flagged"]) == (0, 0)
    assert command("doctor", "--config", own.config).returncode == 0


def test_the_file_is_not_made_smaller_while_the_service_runs(own: Desk) -> None:
    with running(own.config) as service:
        service.wait_for("watching")
        refused = command("prune", "--vacuum", "--config", own.config)
    assert refused.returncode == 2
    assert "stop it" in refused.stderr
