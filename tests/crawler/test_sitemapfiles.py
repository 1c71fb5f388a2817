"""Which files of a sitemap index hold what is new, whatever their dates claim."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.feeds import SitemapChild
from crawler.sitemapfiles import files_to_read, named_period

NOW = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)  # 3 November in Vietnam
DAY = timedelta(days=1)


def _chosen(files: dict[str, datetime | None], recent: timedelta = 3 * DAY) -> list[str]:
    children = [SitemapChild(f"https://bao.vn/{name}", at) for name, at in files.items()]
    chosen = files_to_read(children, recent_from=NOW - recent, now=NOW)
    return [child.url.rpartition("/")[2] for child in chosen]


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("sitemap-2026-1.xml", (date(2026, 1, 1), date(2026, 1, 31))),
        ("sitemap-2026-12.xml", (date(2026, 12, 1), date(2026, 12, 31))),
        ("sitemap-post/2026-11-05.xml", (date(2026, 11, 5), date(2026, 11, 5))),
        ("2026/2/news.xml", (date(2026, 2, 1), date(2026, 2, 28))),
        ("news_202611.xml", (date(2026, 11, 1), date(2026, 11, 30))),
        ("news-20261105.xml.gz", (date(2026, 11, 5), date(2026, 11, 5))),
        ("news-2026-2-31.xml", None),
        ("news-2026.xml", None),
        ("sitemap-12.xml", None),
        ("post-120260511999.xml", None),
    ],
)
def test_the_month_or_day_in_a_files_name(path: str, period: tuple[date, date] | None) -> None:
    assert named_period(f"https://bao.vn/{path}") == period


def test_a_name_is_believed_before_a_lying_lastmod() -> None:
    now_stamped = {f"tin-2026-{month}.xml": NOW for month in range(1, 12)}
    assert _chosen(now_stamped) == ["tin-2026-11.xml", "tin-2026-10.xml"]
    when_made = {
        "tin-2026-11.xml": NOW - 40 * DAY,
        "tin-2026-10.xml": NOW - 50 * DAY,
        "chuyen-muc.xml": NOW,
    }
    assert _chosen(when_made) == ["tin-2026-11.xml", "tin-2026-10.xml", "chuyen-muc.xml"]


def test_a_new_month_leaves_the_old_one_in_sight_for_some_days() -> None:
    months = {"tin-2026-9.xml": None, "tin-2026-10.xml": None, "tin-2026-11.xml": None}
    assert _chosen(months) == ["tin-2026-11.xml", "tin-2026-10.xml"]
    later = [SitemapChild(f"https://bao.vn/{name}", None) for name in months]
    chosen = files_to_read(later, recent_from=NOW - 40 * DAY, now=NOW)
    assert len(chosen) == 3


def test_days_are_read_back_to_the_recent_time_and_no_further() -> None:
    days = {f"{NOW - n * DAY:%Y-%m-%d}.xml": NOW for n in range(60)}
    assert len(_chosen(days)) == 4
    assert len(_chosen(days, recent=20 * DAY)) == 21
    assert len(_chosen(days, recent=200 * DAY)) == 40
