"""``backup`` and ``restore`` as an operator uses them."""

from __future__ import annotations

from filelock import FileLock

from tests.monitor.cli.desk import Desk, command


def test_what_was_backed_up_comes_back(own: Desk) -> None:
    own.run("crawl")
    copies = own.folder / "copies"
    copies.mkdir()
    assert "Đã sao lưu và kiểm tra" in own.says("backup", copies)
    (copy,) = copies.iterdir()
    before = own.json("status")["counts"]
    own.run("mark", "1", "wrong")
    told = own.says("restore", copy)
    assert "Đã khôi phục" in told
    assert "Cơ sở dữ liệu trước đó được giữ ở" in told
    assert own.json("status")["counts"] == before
    assert own.json("mark", "--list") == []


def test_a_running_watch_is_not_replaced(own: Desk) -> None:
    made = own.json("backup", own.folder / "one.db")
    with FileLock(own.folder / "data" / "locks" / "instance.lock"):
        done = command("restore", made["path"], "--config", own.config)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "stop it first" in done.stderr
    again = command("backup", made["path"], "--config", own.config)
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
