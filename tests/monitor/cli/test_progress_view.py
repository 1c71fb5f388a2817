"""``progress`` on the simulated press."""

from __future__ import annotations

from tests.monitor.cli.desk import Desk, command

ZONE = "Đảng bộ Khu kinh tế Đông Nam"


def test_admissions_stand_against_the_target_with_the_sentence_that_tells_both(
    crawled: Desk,
) -> None:
    (pair,) = crawled.json("progress", "khu kinh tế dong nam")
    assert (pair["org"], pair["province"], pair["low_share"]) == (ZONE, "Nghệ An", 80.8)
    assert (pair["is_contradicted"], pair["is_mixed"]) == (False, False)
    told = crawled.says("progress", "đông nam")
    assert "đã kết nạp 97 đảng viên · chỉ tiêu 120 đảng viên · 80,8%" in told
    assert told.count("được giao kết nạp 120 đảng viên") == 1


def test_year_and_province_narrow_it(crawled: Desk) -> None:
    everything = crawled.json("progress")
    assert len(everything) >= 4
    in_nghe_an = crawled.json("progress", "--province", "Nghệ An", "--year", "2026")
    assert {pair["org"] for pair in in_nghe_an} < {pair["org"] for pair in everything}
    assert ZONE in {pair["org"] for pair in in_nghe_an}
    assert not crawled.json("progress", "--province", "Nghệ An", "--year", "1999")


def test_a_province_that_is_none_is_one_line(crawled: Desk) -> None:
    done = command("progress", "--province", "Nghệ Tĩnh", "--config", crawled.config)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
