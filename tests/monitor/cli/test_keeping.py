"""``backup`` and ``restore`` as an operator uses them."""

from __future__ import annotations

from filelock import FileLock

from tests.monitor.cli.desk import Desk, command


def test_what_was_backed_up_comes_back(copied: Desk) -> None:
    copies = copied.folder / "copies"
    copies.mkdir()
    assert "Đã sao lưu và kiểm tra" in copied.says("backup", copies)
    (copy,) = copies.iterdir()
    before = copied.json("status")["counts"]
    copied.run("mark", "1", "wrong")
    told = copied.says("restore", copy)
    assert "Đã khôi phục" in told
    assert "Cơ sở dữ liệu trước đó được giữ ở" in told
    assert copied.json("status")["counts"] == before
    assert copied.json("mark", "--list") == []


def test_a_running_watch_is_not_replaced(copied: Desk) -> None:
    made = copied.json("backup", copied.folder / "one.db")
    with FileLock(copied.folder / "data" / "locks" / "instance.lock"):
        done = command("restore", made["path"], "--config", copied.config)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "stop it first" in done.stderr
    again = command("backup", made["path"], "--config", copied.config)
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
