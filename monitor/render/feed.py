"""Flagged stories as an Atom feed (RFC 4287), for feed readers and other programs.

Written with the standard library: the one package made for it, feedgen, has had no release since
2023, and the format is small.
"""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from crawler.urls import page_key
from monitor.render.plain import SEPARATOR, name_of, safe_link
from monitor.render.stories import story_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from monitor.items import Story
    from monitor.render.stories import StoryView
    from monitor.wording import Wording

AUTHORITY = "tag:diembao.local,2026:"
"""Begins all ids (RFC 4151). The name is of no registered domain, so nobody else's ids begin so;
what follows is made of a page's address, so that the same story bears the same id everywhere."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_UTC = ZoneInfo("UTC")


def atom_feed(
    stories: Sequence[tuple[Story, datetime]],
    *,
    began_at: datetime,
    topics: Mapping[str, str],
    url: str | None,
    wording: Wording,
    zone: ZoneInfo,
) -> bytes:
    """The feed as a document, the same bytes for the same stories.

    Args:
        stories: The newest first, each with when it last changed.
        began_at: When the feed changed last where it has no stories.
        topics: What the topics are called, by their keys.
        url: Where it can be read; None where that is not known.
        wording: The reader's language.
        zone: The reader's.
    """
    feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": wording.language})
    _add(feed, "id", f"{AUTHORITY}feed:{'+'.join(topics)}")
    _add(feed, "title", wording.say("feed.title", topics=", ".join(topics.values())))
    _add(feed, "subtitle", wording.say("digest.footer"))
    _add(feed, "updated", _written(max((at for _, at in stories), default=began_at)))
    _add(feed, "generator", "diembao")
    if url is not None:
        _link(feed, "self", url, type="application/atom+xml")
    for story, changed_at in stories:
        view = story_view(story, rank=0, number=1, wording=wording, zone=zone, topics=topics)
        feed.append(_entry(story, view, changed_at, topics=topics, wording=wording))
    ElementTree.indent(feed)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(
    story: Story,
    view: StoryView,
    changed_at: datetime,
    *,
    topics: Mapping[str, str],
    wording: Wording,
) -> Element:
    entry = ElementTree.Element("entry")
    _add(entry, "id", _id_of(story))
    _add(entry, "title", view.title or wording.say("feed.untitled"))
    _add(entry, "updated", _written(changed_at))
    if story.published_at is not None:
        _add(entry, "published", _written(story.published_at))
    _add(ElementTree.SubElement(entry, "author"), "name", view.paper)
    if view.link is not None:
        _link(entry, "alternate", view.link, type="text/html")
    for copy in story.copies:
        if link := safe_link(copy.url):
            # "via" is where it was taken from (RFC 4287, section 4.2.7.2).
            _link(entry, "via" if copy.is_original else "related", link, title=name_of(copy.paper))
    _categories(entry, story, topics)
    _add(entry, "summary", view.quotation or view.byline)
    _add(entry, "content", _content(view, wording), type="html")
    return entry


def _id_of(story: Story) -> str:
    """By the first of its copies, which stays the first when another becomes the one to tell."""
    urls = {story.article_id: story.url} | {copy.article_id: copy.url for copy in story.copies}
    key = page_key(urls[min(urls)])
    return f"{AUTHORITY}story:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def _categories(entry: Element, story: Story, topics: Mapping[str, str]) -> None:
    if story.place.province:
        province = name_of(story.place.province)
        scheme = f"{AUTHORITY}province"
        ElementTree.SubElement(entry, "category", {"term": province, "scheme": scheme})
    for key in story.topics:
        fields = {"term": key, "scheme": f"{AUTHORITY}topic", "label": topics.get(key, key)}
        ElementTree.SubElement(entry, "category", fields)


def _content(view: StoryView, wording: Wording) -> str:
    """The story as HTML: what an e-mail tells of it, without a style."""
    parts = [f"<p>{escape(SEPARATOR.join((view.byline, view.label)))}</p>"]
    if view.quotation:
        parts.append(f"<blockquote><p>{escape(view.quotation)}</p></blockquote>")
    for group in view.figures:
        rows = "".join(f"<li>{escape(row.line)}</li>" for row in group.rows)
        parts.append(f"<p>{escape(group.org)}</p><ul>{rows}</ul>")
    if view.more_figures:
        parts.append(f"<p>{escape(wording.say('figure.more', count=view.more_figures))}</p>")
    parts += [f"<p>{escape(line)}</p>" for line in (view.origin, view.why) if line]
    return "".join(parts)


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _link(parent: Element, relation: str, address: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, **attributes})


def _written(at: datetime) -> str:
    """RFC 3339, to the second."""
    return at.astimezone(_UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
