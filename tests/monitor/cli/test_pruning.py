"""``diembao prune`` on a watch that has been going on for long."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

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


def test_what_is_old_goes_stories_stay_and_nothing_is_found_anew(copied: Desk) -> None:
    first = copied.first_crawl
    pruned = copied.json("prune")["pruned"]
    assert pruned == {"skimmed": 0, "texts": 0, "revisions": 0, "runs": 0}
    aged(copied, days=400)
    would = copied.json("prune", "--dry-run")["pruned"]
    assert would["skimmed"] == first["skimmed"] > 0
    assert copied.json("prune", "--vacuum")["pruned"] == would
    status = copied.json("status")
    assert (status["counts"]["skimmed"], status["counts"]["flagged"]) == (0, first["flagged"])
    again = copied.json("crawl")
    assert (again["new"], again["flagged"]) == (0, 0)
    assert command("doctor", "--config", copied.config).returncode == 0


def test_an_article_without_its_text_says_which_setting_took_it_and_when(copied: Desk) -> None:
    with sqlite3.connect(copied.config.parent / "data/diembao.db") as db:
        db.execute("UPDATE scores SET flagged_at = NULL, label = 'none'")
    db.close()
    aged(copied, days=400)
    assert copied.json("prune")["pruned"]["texts"] > 0
    shown = copied.run("show", "1").stdout
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y")
    assert re.search(rf"dọn lúc \d\d:\d\d, {today} theo retention.texts", shown)
    assert copied.json("show", "1")["pruned_at"] is not None


def test_the_file_is_not_made_smaller_while_the_service_runs(copied: Desk) -> None:
    with running(copied.config) as service:
        service.wait_for("watching")
        refused = command("prune", "--vacuum", "--config", copied.config)
    assert refused.returncode == 2
    assert "stop it" in refused.stderr
