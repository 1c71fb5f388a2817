from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from monitor.render import render
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.items import Digest

CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
WIDTHS_PX = (380, 1200)
PATIENCE_SECONDS = 60

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

_PROBE = """
<!doctype html><meta charset="utf-8">
%s
<pre id="result"></pre>
<script>
addEventListener("load", () => {
  const measured = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, view = frame.contentWindow;
    const shown = [...page.body.querySelectorAll("*")].filter(e => e.getClientRects().length);
    const rights = shown.map(e => e.getBoundingClientRect().right);
    const sizes = shown.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
      .map(e => parseFloat(view.getComputedStyle(e).fontSize));
    const sheet = page.querySelector("td.p").getBoundingClientRect();
    return {
      name: frame.title, overflow: page.documentElement.scrollWidth - view.innerWidth,
      right: Math.max(...rights), smallest: Math.min(...sizes), sheet: sheet.width,
      left: sheet.left, mode: page.compatMode,
    };
  });
  document.getElementById("result").textContent = JSON.stringify(measured);
});
</script>
"""


def _unbreakable() -> Digest:
    """Words no hyphen can help: they must break rather than push the page wide."""
    word = "Đảngbộ" * 19
    figures = (
        figure("admitted", 1234567, org=word, period=word, unit=word),
        figure("share", 2.5, unit="%", org=None),
    )
    return samples.digest(
        story(
            title=word * 2,
            sentence=word * 3,
            paper=word,
            figures=(*figures, figure("admitted", 2, org=word, paper=word)),
            original_source=word,
            copies=samples.copies(9, paper=word),
        ),
        checked=samples.day_with_failures().checked,
        corrections=(samples.correction(title=word * 2, paper=word, org=word, period=word),),
    )


def _frame(name: str, digest: Digest, width: int) -> str:
    page = render(digest, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh")).html
    style = f"width:{width}px;height:900px;border:0;display:block"
    return f'<iframe title="{name} {width}" style="{style}" srcdoc="{escape(page)}"></iframe>'


def _dump(page: Path, folder: Path) -> str:
    """The page's document after its scripts; Chromium and its children end with the call."""
    assert CHROMIUM is not None
    quiet = [
        "--headless",
        "--no-sandbox",  # for tests run as root; the page is ours
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    command = [CHROMIUM, *quiet, f"--user-data-dir={folder / 'profile'}", "--window-size=1300,1000"]
    with (folder / "dump.html").open("w+", encoding="utf-8") as dump:
        browser = subprocess.Popen(
            [*command, "--dump-dom", page.as_uri()],
            stdout=dump,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            browser.wait(timeout=PATIENCE_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(browser.pid, signal.SIGKILL)
            browser.wait()
        dump.seek(0)
        return dump.read()


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    digests = {
        "full": samples.full_day(),
        "empty": samples.empty_day(),
        "failures": samples.day_with_failures(),
        "long": samples.long_day(60),
        "unbreakable": _unbreakable(),
    }
    frames = [_frame(name, one, width) for name, one in digests.items() for width in WIDTHS_PX]
    folder = tmp_path_factory.mktemp("browser")
    page = folder / "probe.html"
    page.write_text(_PROBE % "\n".join(frames), encoding="utf-8")
    found = re.search(r'<pre id="result">(.*?)</pre>', _dump(page, folder), re.DOTALL)
    assert found is not None
    return {one["name"]: one for one in json.loads(unescape(found[1]))}


@pytest.mark.parametrize("width", WIDTHS_PX)
@pytest.mark.parametrize("name", ["full", "empty", "failures", "long", "unbreakable"])
def test_nothing_reaches_beyond_the_screen(
    measured: dict[str, dict[str, Any]], name: str, width: int
) -> None:
    seen = measured[f"{name} {width}"]

    assert seen["mode"] == "CSS1Compat"
    assert seen["overflow"] <= 0
    assert seen["right"] <= width


def test_the_column_fills_a_phone_and_stands_in_the_middle_of_a_desk(
    measured: dict[str, dict[str, Any]],
) -> None:
    phone, desk = measured["full 380"], measured["full 1200"]

    assert phone["sheet"] > 360
    assert desk["sheet"] == 680
    assert 240 <= desk["left"] <= 260


def test_no_letter_is_too_small_to_read(measured: dict[str, dict[str, Any]]) -> None:
    assert min(seen["smallest"] for seen in measured.values()) >= 12
