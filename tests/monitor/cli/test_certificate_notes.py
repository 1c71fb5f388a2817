"""Whoever looks at the watch is told of sources that are read over bad certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.monitor.cli.desk import command

if TYPE_CHECKING:
    from pathlib import Path

SEED = """
province: Lào Cai
code: "15"
sources:
  - key: cong-tinh
    name: Cổng tỉnh
    kind: portal
    home: https://127.0.0.1:1/
    certainty: seen
    insecure_tls: {INSECURE}
    listings: [{url: "https://127.0.0.1:1/tin", certainty: seen}]
"""


def watch(folder: Path, insecure: str) -> Path:
    (folder / "seeds").mkdir()
    (folder / "seeds" / "lao-cai.yaml").write_text(SEED.replace("{INSECURE}", insecure))
    config = folder / "config.yaml"
    config.write_text("seeds: seeds\ndatabase: x.db\ncrawl: {allow_loopback: true}\n")
    return config


@pytest.mark.parametrize("words", [["status"], ["sources"], ["sources", "check", "cong-tinh"]])
def test_a_hole_is_told_wherever_one_looks(tmp_path: Path, words: list[str]) -> None:
    config = watch(tmp_path, "{until: 2999-12-31, why: tự ký}")
    said = command(*words, "--config", config).stdout
    assert "cong-tinh được đọc dù chứng thư TLS không hợp lệ, đến hết 31/12/2999 (tự ký)" in said


def test_a_leave_that_has_ended_is_told_as_ended(tmp_path: Path) -> None:
    config = watch(tmp_path, "{until: 2020-12-31, why: tự ký}")
    assert "đã hết từ 31/12/2020" in command("status", "--config", config).stdout


@pytest.mark.parametrize(
    ("insecure", "reason"),
    [
        ("true", "insecure_tls"),
        ("{until: 2999-12-31}", "why"),
        ("{why: tự ký}", "until"),
        ("{until: mai, why: tự ký}", "until"),
        ('{until: 2999-12-31, why: ""}', "why"),
    ],
)
def test_a_hole_without_an_end_or_a_reason_is_no_seed(
    tmp_path: Path, insecure: str, reason: str
) -> None:
    done = command("status", "--config", watch(tmp_path, insecure))
    assert done.returncode == 2
    assert "lao-cai.yaml:" in done.stderr
    assert reason in done.stderr
