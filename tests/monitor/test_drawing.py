"""The picture of a trend, drawn in a child process."""

from __future__ import annotations

import logging
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from monitor.drawing import draw
from monitor.render.trend import chart_of
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples


@pytest.fixture(scope="module")
def chart() -> dict[str, object]:
    found = chart_of(samples.month(), wording=load_wording("vi"))
    assert found is not None
    return found


def test_a_picture_is_small_two_pixels_wide_for_each_of_a_phone_and_always_the_same(
    chart: dict[str, object],
) -> None:
    first, again = draw(chart), draw(chart)
    assert first is not None
    assert first == again
    assert len(first) < 40_000
    with Image.open(BytesIO(first)) as image:
        assert image.format == "PNG"
        assert image.width == 688
        assert image.getpixel((0, 0)) == image.getpixel((687, image.height - 1))
        colours = {colour for _, colour in image.convert("RGB").getcolors() or ()}
    assert {(155, 28, 28), (31, 86, 115)} <= colours


def test_a_chart_that_cannot_be_drawn_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert draw({"rows": [{}]}) is None
    assert "no picture: the child ended with 1" in caplog.text
    assert "KeyError" in caplog.text


def test_a_child_that_takes_too_long_is_killed(
    chart: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert draw(chart, deadline_seconds=0.01) is None
    assert "no picture:" in caplog.text


def test_what_is_no_picture_is_not_sent(
    chart: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\ncat > /dev/null\necho 'what is this'\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    assert draw(chart) is None


def test_no_python_is_no_picture(chart: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert draw(chart) is None


def test_the_service_loads_nothing_that_draws() -> None:
    script = (
        "import sys, monitor.daemon, monitor.publishing\n"
        "print([name for name in ('matplotlib', 'numpy', 'PIL') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "[]"
