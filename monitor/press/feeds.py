"""Feeds and sitemaps as the families write them, with their faults."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from monitor.press.pages import HANOI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.press.items import FeedProfile, Published, SitemapProfile
    from monitor.press.pages import ArticleView, Skin

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def rss(skin: Skin, feed: FeedProfile, articles: Sequence[ArticleView]) -> bytes:
    """An RSS 2.0 channel with CDATA texts and a picture in each description."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", skin.profile.brand)
    _add(channel, "link", f"{skin.base_url}/")
    for article in articles if feed.form == "rss" else ():
        item = etree.SubElement(channel, "item")
        _add(item, "title", etree.CDATA(article.title))
        _add(item, "link", article.url)
        _add(item, "guid", article.url)
        _add(item, "pubDate", _stamp(article.published, wrong=feed.zone_is_wrong))
        _add(item, "description", etree.CDATA(_description(article)))
    return _document(root)


def atom(skin: Skin, articles: Sequence[ArticleView]) -> bytes:
    """An Atom 1.0 feed."""
    root = _root("feed", _ATOM)
    _add(root, "title", skin.profile.brand)
    _add(root, "id", f"{skin.base_url}/")
    _add(root, "updated", max(article.modified for article in articles).isoformat())
    for article in articles:
        entry = etree.SubElement(root, "entry")
        _add(entry, "title", article.title)
        etree.SubElement(entry, "link", rel="alternate", href=article.url)
        _add(entry, "id", article.url)
        _add(entry, "published", article.published.isoformat())
        _add(entry, "updated", article.modified.isoformat())
        _add(entry, "summary", article.sapo or article.title)
    return _document(root)


def sitemap_index(skin: Skin, sitemap: SitemapProfile, articles: Iterable[Published]) -> bytes:
    """The index: one child a month or a day, newest first, each with its last change."""
    latest: dict[str, datetime] = {}
    for article in articles:
        path = child_path(sitemap, article)
        latest[path] = max(article.modified_at, latest.get(path, article.modified_at))
    root = _root("sitemapindex", _SITEMAP)
    for path, changed_at in sorted(latest.items(), key=lambda pair: pair[1], reverse=True):
        _location(root, "sitemap", skin.base_url + path, _lastmod(sitemap, changed_at))
    return _document(root)


def sitemap_child(skin: Skin, sitemap: SitemapProfile, articles: Iterable[Published]) -> bytes:
    """One month's or day's addresses; a month's file names the home page too."""
    root = _root("urlset", _SITEMAP)
    if not sitemap.by_day:
        _location(root, "url", f"{skin.base_url}/", None)
    for article in articles:
        lastmod = _lastmod(sitemap, article.modified_at)
        _location(root, "url", skin.base_url + article.path, lastmod)
    return _document(root)


def child_path(sitemap: SitemapProfile, article: Published) -> str:
    """The child that lists an article; months and days are those of the site's clock."""
    day = article.published_at.astimezone(UTC if sitemap.utc else HANOI)
    return sitemap.child.format(year=day.year, month=day.month, day=day.day)


def _description(article: ArticleView) -> str:
    picture = f'<a href="{article.path}"><img src="{article.picture}" /></a></br>'
    return picture + (article.sapo or article.title)


def _stamp(local: datetime, *, wrong: bool) -> str:
    if not wrong:
        return format_datetime(local)
    return format_datetime(local.replace(tzinfo=UTC), usegmt=True)


def _lastmod(sitemap: SitemapProfile, changed_at: datetime) -> str:
    if not sitemap.utc:
        return changed_at.astimezone(HANOI).isoformat(timespec="seconds")
    return changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _location(root: etree._Element, tag: str, url: str, lastmod: str | None) -> None:
    node = etree.SubElement(root, tag)
    _add(node, "loc", url)
    if lastmod:
        _add(node, "lastmod", lastmod)


def _root(tag: str, namespace: str) -> etree._Element:
    # The default namespace is set as an attribute: the stubs know no None prefix.
    return etree.Element(tag, xmlns=namespace)


def _add(parent: etree._Element, tag: str, text: str | etree.CDATA) -> None:
    etree.SubElement(parent, tag).text = text


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
