from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
import yaml

from monitor.config import Config, load_config
from monitor.errors import ConfigError
from monitor.planning import Schedule
from monitor.rhythm import Bounds

SHIPPED = Path(__file__).parents[2] / "config.yaml"


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_the_shipped_file_names_every_key_with_its_default() -> None:
    shipped = load_config(SHIPPED)
    assert shipped == Config.model_validate({}, context={"folder": SHIPPED.parent})
    written = yaml.safe_load(SHIPPED.read_text("utf-8"))
    for name, field in Config.model_fields.items():
        assert name in written
        section = field.annotation
        if isinstance(section, type) and issubclass(section, type(shipped.crawl).__base__):
            assert set(written[name]) == set(section.model_fields), name


def test_every_key_of_the_shipped_file_has_a_comment() -> None:
    for line in SHIPPED.read_text("utf-8").splitlines():
        if ":" in line and not line.startswith("#") and not line.endswith(":"):
            assert "#" in line, line


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "").digest.time == time(7, 0)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, "database: a/b.db\nseeds: /elsewhere")
    assert config.database == tmp_path / "a/b.db"
    assert config.seeds == Path("/elsewhere")


def test_durations_and_clock_times_are_read(tmp_path: Path) -> None:
    config = load(tmp_path, "crawl: {delay: 0.5s, interval: 2h}\ndigest: {time: 21:30}")
    assert config.crawl.delay == timedelta(seconds=0.5)
    assert config.crawl.limits.delay == timedelta(seconds=0.5)
    assert config.digest.time == time(21, 30)


def test_visits_go_by_rhythm_unless_an_interval_is_written(tmp_path: Path) -> None:
    assert load(tmp_path, "crawl: {}").crawl.schedule == Schedule()
    written = load(tmp_path, "crawl: {interval: 30m, most_interval: 6h, revisits: []}")
    assert written.crawl.schedule == Schedule(
        interval=timedelta(minutes=30), bounds=Bounds(most=timedelta(hours=6)), revisits=()
    )


def test_secrets_come_from_the_environment_or_a_file_and_are_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_SECRET", "chanh-day")
    (tmp_path / "token").write_text("12:bo-ngot\n", encoding="utf-8")
    config = load(tmp_path, "email: {password: env:MAIL_SECRET}\ntelegram: {token: file:token}")
    assert config.email.password is not None
    assert config.email.password.get_secret_value() == "chanh-day"
    assert config.telegram.token is not None
    assert config.telegram.token.get_secret_value() == "12:bo-ngot"
    assert "chanh" not in repr(config)
    assert "bo-ngot" not in repr(config)


EMAIL = "digest: {channels: [email]}\nemail: {host: h, sender: a@b, recipients: [a@b]"


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ("crawl:\n  intervall: 3m", 2, "crawl.intervall", "did you mean 'interval'"),
        ("langauge: en", 1, "langauge", "did you mean 'language'"),
        ("language: fr", 1, "language", "'vi' or 'en'"),
        ("timezone: Asia/Hanoi", 1, "timezone", "Asia/Ho_Chi_Minh"),
        ("crawl: {delay: fast}", 1, "crawl.delay", "30m"),
        ("crawl: {workers: 0}", 1, "crawl.workers", "greater than 0"),
        ("crawl: {interval: 0s}", 1, "crawl.interval", "longer than 0"),
        ("crawl: {least_interval: 2d}", 1, "crawl.least_interval", "crawl.most_interval"),
        ("crawl: {revisits: [6h, 1h]}", 1, "crawl.revisits", "must grow"),
        ("crawl: {requests_per_day: 0}", 1, "crawl.requests_per_day", "greater than 0"),
        ("digest:\n  channels: [fax]", 2, "digest.channels[0]", "'telegram'"),
        ("digest: {channels: [apprise]}", None, "apprise.urls", "is missing"),
        ("digest: {time: 25:00}", 1, "digest.time", '"07:00"'),
        ("digest: {channels: [telegram]}", None, "telegram.token", "is missing"),
        (f"{EMAIL}, username: u}}", 2, "email.password", "is missing"),
        ("email: {username: u, security: none}", 1, "email.security", "starttls or tls"),
        ("email: {password: env:NO_SUCH_NAME}", 1, "email.password", "NO_SUCH_NAME is not set"),
        ("email: {password: file:none.txt}", 1, "email.password", "none.txt cannot be read"),
        ("email: {password: mật}", 1, "email.password", "outside ASCII"),
        ("email: {recipients: [nobody]}", 1, "email.recipients", "not a mail address"),
        ("a: [1", 1, "", "expected"),
        ("crawl: 3", 1, "crawl", "group of"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_key_and_way_out(
    tmp_path: Path, text: str, line: int | None, key: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=r"config\.yaml") as caught:
        load(tmp_path, text)
    error = caught.value
    assert "\n" not in str(error)
    assert said in error.reason
    assert error.key.startswith(key)
    if line is not None:
        assert error.line == line


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load_config(tmp_path / "nowhere.yaml")
