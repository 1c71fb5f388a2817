"""The running service as its operator meets it: signals, systemd, its port, a full disk."""

from __future__ import annotations

import json
import re
import resource
import shutil
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor import topics
from monitor.press.press import Press
from monitor.press.watch import write_watch
from tests.service import PATIENCE_SECONDS, Service, diembao, diembao_json, running

CRAWLED = r"\d+/\d+ nguồn"
SHIPPED = Path(topics.__file__).with_name("dang-vien.yaml")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(now=datetime.now(UTC)) as press:
        yield press


def watch_of(press: Press, folder: Path, more: str = "") -> Path:
    config = write_watch(folder, press)
    config.write_text(config.read_text("utf-8") + more, encoding="utf-8")
    return config


class SystemdSocket:
    """What systemd listens at."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(PATIENCE_SECONDS)
        self.heard: list[str] = []

    def wait_for(self, line: str) -> str:
        """The next datagram with that line."""
        while True:
            datagram = self._socket.recv(65536).decode()
            self.heard.append(datagram)
            if line in datagram.splitlines():
                return datagram

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[SystemdSocket]:
    listener = SystemdSocket(tmp_path / "notify")
    yield listener
    listener.close()


def test_systemd_is_told_that_it_is_ready_alive_reloading_and_stopping(
    press: Press, tmp_path: Path, systemd: SystemdSocket
) -> None:
    config = watch_of(press, tmp_path)
    asked = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "300000000"}
    with running(config, environment=asked) as service:
        assert "STATUS=watching" in systemd.wait_for("READY=1")
        systemd.wait_for("WATCHDOG=1")
        service.reload()
        assert "MONOTONIC_USEC=" in systemd.wait_for("RELOADING=1")
        systemd.wait_for("READY=1")
        service.terminate()
        systemd.wait_for("STOPPING=1")


def test_on_sighup_sound_settings_are_used_and_unsound_ones_are_told(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path, "digest: {time: '07:00'}\n")
    sound = config.read_text("utf-8")
    with running(config) as service:
        service.wait_for(CRAWLED)
        config.write_text(sound + "langauge: en\n", "utf-8")
        service.reload()
        line = service.wait_for("ERROR settings")
        assert "did you mean 'language'" in line
        assert "the former settings stay in force" in line
        [trouble] = diembao_json_of_status(config, sound)["troubles"]
        assert trouble["job"] == "settings"

        config.write_text(
            sound.replace("07:00", "06:30").replace("data/", "elsewhere/") + "language: en\n",
            "utf-8",
        )
        service.reload()
        assert service.wait_for("topics read again").endswith("changed: language, digest.time")
        assert "database" in service.wait_for("needs a restart")
        service.terminate()


def diembao_json_of_status(config: Path, sound: str) -> Any:
    """``status`` by a sound file beside the one that is not."""
    beside = config.with_name("sound.yaml")
    beside.write_text(sound, "utf-8")
    return diembao_json("status", "--config", beside)["service"]


def test_a_source_that_joins_the_seeds_is_visited_after_sighup(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path)
    seed = sorted((tmp_path / "seeds").glob("*.yaml"))[0]
    text = seed.read_text("utf-8")
    seed.unlink()
    with running(config) as service:
        service.wait_for(CRAWLED)
        seed.write_text(text, "utf-8")
        service.reload()
        line = service.wait_for("topics read again")
        assert re.search(rf"changed: seeds \(\d new\) in {seed.name}$", line)
        service.wait_for(r"1/1 nguồn")
        service.terminate()


def test_after_sighup_the_log_names_the_files_that_changed(press: Press, tmp_path: Path) -> None:
    topic = tmp_path / "huy-hieu.yaml"
    shutil.copy(SHIPPED, topic)
    config = watch_of(press, tmp_path, "topic: [dang-vien, huy-hieu.yaml]\n")
    seed = sorted((tmp_path / "seeds").glob("*.yaml"))[0]
    with running(config) as service:
        service.wait_for(CRAWLED)
        for path in (topic, seed):
            path.write_text(path.read_text("utf-8") + "# seen\n", "utf-8")
        service.reload()
        line = service.wait_for("topics read again")
        assert line.endswith(f"changed: seeds (no source) in {seed.name}, topic in {topic.name}")
        service.reload()
        assert service.wait_for("topics read again").endswith("changed: nothing")
        service.terminate()


def ask(service_port: str, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{service_port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def port_of(service: Service) -> str:
    return service.wait_for("answering at port").split("port ")[1].split(":")[0]


def test_its_port_tells_health_readiness_and_measures(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path, "service: {listen: '127.0.0.1:0'}\n")
    with running(config) as service:
        port = port_of(service)
        service.wait_for(CRAWLED)
        assert ask(port, "/healthz") == (200, "alive\n")
        status, body = ask(port, "/readyz")
        assert (status, json.loads(body)["ready"]) == (200, True)
        status, body = ask(port, "/metrics")
        assert ask(port, "/secrets")[0] == 404
        service.terminate()
    families = {family.name: family for family in text_string_to_metric_families(body)}
    totals = {
        sample.labels["state"]: sample.value for sample in families["diembao_sources"].samples
    }
    assert totals["good"] > 0
    assert families["diembao_crawl_seconds"].samples
    assert families["diembao_disk_free_bytes"].samples[0].value > 0
    assert families["diembao_flagged"].samples[0].value > 0
    assert families["process_resident_memory_bytes"].samples[0].value > 0


def test_it_does_not_listen_to_other_machines_unless_told(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path)
    refused = diembao("run", "--config", config, "--listen", "0.0.0.0:8787")
    assert refused.returncode == 2
    assert "allow_remote" in refused.stderr


def test_without_room_nothing_is_crawled_until_there_is(press: Press, tmp_path: Path) -> None:
    more = "service: {listen: '127.0.0.1:0', least_free_mb: 4000000000}\n"
    config = watch_of(press, tmp_path, more)
    with running(config) as service:
        port = port_of(service)
        service.wait_for("ERROR room")
        status, body = ask(port, "/readyz")
        assert status == 503
        assert "service.least_free_mb" in body
        assert diembao_json("status", "--config", config)["service"]["troubles"][0]["job"] == "room"
        config.write_text(config.read_text("utf-8").replace("4000000000", "1"), "utf-8")
        service.reload()
        service.wait_for("room: works again")
        service.wait_for(CRAWLED)
        assert ask(port, "/readyz")[0] == 200
        service.terminate()
    assert diembao_json("status", "--config", config)["counts"]["articles"] > 0


def test_a_disk_that_takes_nothing_is_told_once_and_it_goes_on_when_it_does(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path)
    site = next(iter(press.sites))
    press.hold(site)
    with running(config) as service:
        assert press.wait_until_held(site)
        _, hard = resource.prlimit(service.pid, resource.RLIMIT_FSIZE)
        size = (tmp_path / "data/diembao.db-wal").stat().st_size
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (max(size - 4096, 16384), hard))
        press.release(site)
        line = service.wait_for("ERROR crawl")
        assert "disk" in line
        troubles = diembao_json("status", "--config", config)["service"]["troubles"]
        assert "crawl" in [trouble["job"] for trouble in troubles]
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (hard, hard))
        service.wait_for("crawl: works again")
        service.wait_for(CRAWLED)
        service.terminate()
    assert sum("ERROR crawl" in line for line in service.said) == 1
    assert diembao_json("status", "--config", config)["counts"]["articles"] > 0


def test_log_lines_are_json_where_asked_for(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path, "log: {format: json}\n")
    with running(config) as service:
        service.wait_for(CRAWLED)
        service.terminate()
    assert {json.loads(line)["level"] for line in service.said} == {"info"}
