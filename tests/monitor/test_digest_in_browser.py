from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from monitor.drawing import draw
from monitor.items import Checked, Pause
from monitor.render import render
from monitor.render.trend import chart_of
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
      images: [...page.images].map(image => [image.naturalWidth, image.width]),
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


def _digests() -> dict[str, Digest]:
    nothing_found = replace(samples.week(), stories=(), checked=_with_holes(samples.ALL_WELL))
    asked = samples.long_day(60)
    return {
        "full": samples.full_day(),
        "empty": samples.empty_day(),
        "failures": samples.day_with_failures(),
        "long": replace(asked, subscription=replace(asked.subscription, has_csv=True)),
        "unbreakable": _unbreakable(),
        "week": samples.week(),
        "month": samples.month(),
        "empty week": nothing_found,
        "unwatched week": replace(nothing_found, trend=None, checked=_unwatched()),
        "English day": samples.in_english(samples.full_day()),
        "English month": samples.in_english(samples.month(watched_since=date(2026, 9, 9))),
        "English empty": samples.in_english(samples.empty_day()),
    }


def _with_holes(checked: Checked) -> Checked:
    pause = Pause(since=samples.SINCE - timedelta(days=2), until=samples.SINCE)
    return replace(checked, pauses=(pause,) * 7, watched_since=pause.since, as_of=samples.UNTIL)


def _unwatched() -> Checked:
    return replace(_with_holes(samples.ALL_WELL), watched_since=samples.UNTIL + timedelta(days=9))


NAMES = list(_digests())


def _page(digest: Digest) -> str:
    """As a mail program shows it: its picture comes from another part of the mail."""
    wording = load_wording(digest.subscription.language)
    chart = chart_of(digest, wording=wording)
    picture = draw(chart) if chart is not None else None
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    letter = render(digest, wording=wording, zone=zone, picture=picture)
    page = letter.mail_html or ""
    if letter.picture is None:
        return page
    image = b64encode(letter.picture.png).decode()
    return page.replace(f"cid:{letter.picture.content_id}", f"data:image/png;base64,{image}")


def _frame(name: str, page: str, width: int) -> str:
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
    pages = {name: _page(digest) for name, digest in _digests().items()}
    frames = [_frame(name, page, width) for name, page in pages.items() for width in WIDTHS_PX]
    folder = tmp_path_factory.mktemp("browser")
    page = folder / "probe.html"
    page.write_text(_PROBE % "\n".join(frames), encoding="utf-8")
    found = re.search(r'<pre id="result">(.*?)</pre>', _dump(page, folder), re.DOTALL)
    assert found is not None
    return {one["name"]: one for one in json.loads(unescape(found[1]))}


@pytest.mark.parametrize("width", WIDTHS_PX)
@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize("name", ["week", "month", "empty week", "English month"])
def test_the_picture_is_shown_in_its_own_size_on_a_phone_and_not_much_larger_on_a_desk(
    measured: dict[str, dict[str, Any]], name: str
) -> None:
    [phone], [desk] = (measured[f"{name} {width}"]["images"] for width in WIDTHS_PX)

    assert phone[0] == desk[0] == 688
    assert 325 <= phone[1] <= 344  # less what a scroll bar takes
    assert desk[1] == 520
