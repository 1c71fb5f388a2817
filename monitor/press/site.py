"""One paper's site: its articles, its pages, and its request log."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from monitor.press import addresses, faults, feeds, pages
from monitor.press.items import Answer, FeedProfile, Published, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.press.items import Profile, Role, Story

_XML = "application/xml; charset=utf-8"
_PICTURE = re.compile(r"^/anh/(\d+)\.svg$")
_EVENT = re.compile(r"-event\d+\.html$")
_PRINT = re.compile(r"^/print/.*-a(\d+)\.html$")


class Site:
    """A site's content and memory; the server around it speaks HTTP.

    Args:
        profile: Who it is.
        base_url: Scheme, host and port, without a slash at the end.
        now: The site's clock when it starts.
    """

    def __init__(self, profile: Profile, base_url: str, *, now: datetime) -> None:
        self.profile = profile
        self.base_url = base_url
        self.now = now
        self.fault: faults.Fault | None = None
        self._skin = pages.Skin(profile, base_url)
        self._lock = threading.Lock()
        self._articles: dict[str, Published] = {}
        self._gone: set[str] = set()
        self._log: list[Request] = []
        self._version = 0
        self._changed_at = datetime.fromtimestamp(0, UTC)

    @property
    def name(self) -> str:
        """As the seeds name it."""
        return self.profile.name

    @property
    def family(self) -> str:
        """Its CMS."""
        return self.profile.family

    @property
    def requests(self) -> tuple[Request, ...]:
        """All answered requests since the start or the last ``forget_requests``."""
        with self._lock:
            return tuple(self._log)

    def forget_requests(self) -> None:
        """Empty the request log."""
        with self._lock:
            self._log.clear()

    def record(self, request: Request) -> None:
        """Add to the request log."""
        with self._lock:
            self._log.append(request)

    @property
    def articles(self) -> tuple[Published, ...]:
        """What it serves, newest first."""
        with self._lock:
            found = tuple(self._articles.values())
        return tuple(sorted(found, key=lambda each: each.published_at, reverse=True))

    def publish(self, story: Story, at: datetime) -> Published:
        """Put a story on the site."""
        article = Published(
            story=story,
            site=self.profile.key,
            path=addresses.article_path(self.profile, story, at.astimezone(pages.HANOI)),
            number=addresses.number(story.id),
            published_at=at,
            modified_at=at,
        )
        self._store(article)
        return article

    def edit(self, article: Published, story: Story, at: datetime) -> Published:
        """Replace an article's text; its address stays."""
        edited = replace(article, story=story, modified_at=at)
        self._store(edited)
        return edited

    def delete(self, article: Published) -> None:
        """Take an article off; its address answers 410 from now on."""
        with self._lock:
            del self._articles[article.path]
            self._gone.add(article.path)
            self._touch(self.now)

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """The response to a request.

        Args:
            target: Path and query.
            headers: Of the request, names in lower case.
        """
        fault = self.fault
        answer = self._conditional(self._answer(target), target, headers)
        return fault.applied(answer, target) if fault else answer

    def _store(self, article: Published) -> None:
        with self._lock:
            self._articles[article.path] = article
            self._gone.discard(article.path)
            self._touch(article.modified_at)

    def _touch(self, at: datetime) -> None:
        self._version += 1
        # HTTP dates count seconds: each change gets one of its own, even where the clock stands.
        self._changed_at = max(self._changed_at + timedelta(seconds=1), at)

    def _answer(self, target: str) -> Answer:
        identity = addresses.identity(self.profile, target)
        with self._lock:
            article, is_gone = self._articles.get(identity), identity in self._gone
        if article:
            return self._article(article)
        if is_gone:
            return faults.error(410, "article")
        return (
            self._listing(identity, target)
            or self._feed(identity)
            or self._sitemap(identity)
            or self._asset(identity)
            or faults.error(404, "other")
        )

    def _article(self, article: Published) -> Answer:
        others = [other for other in self.articles if other.path != article.path]
        return _html(self._skin.article(article, others, now=self.now), "article")

    def _listing(self, identity: str, target: str) -> Answer | None:
        titles = {path: title for title, path in self._skin.sections.items()}
        if identity != "/" and identity not in titles and not _EVENT.search(identity):
            return None
        title = titles.get(identity, self.profile.brand)
        key = next((key for key, name in self.profile.sections.items() if name == title), None)
        articles = self._of_section(key)
        number = addresses.page_number(target)
        page = self._skin.listing(title, identity, articles, number=number, now=self.now)
        return _html(page, "listing")

    def _feed(self, identity: str) -> Answer | None:
        feed = next((feed for feed in self.profile.feeds if feed.path == identity), None)
        if feed is None:
            return None
        if feed.form == "html":
            return faults.html_feed("feed")
        return Answer(status=200, role="feed", content_type=_XML, body=self._feed_body(feed))

    def _feed_body(self, feed: FeedProfile) -> bytes:
        views = [self._skin.view(article) for article in self._of_section(feed.section)]
        if feed.form == "atom":
            return feeds.atom(self._skin, views)
        return feeds.rss(self._skin, feed, views)

    def _sitemap(self, identity: str) -> Answer | None:
        sitemap = self.profile.sitemap
        if sitemap is None:
            return None
        if identity == sitemap.index:
            body = feeds.sitemap_index(self._skin, sitemap, self.articles)
            return Answer(status=200, role="sitemap", content_type=_XML, body=body)
        listed = [each for each in self.articles if feeds.child_path(sitemap, each) == identity]
        if not listed:
            return None
        body = feeds.sitemap_child(self._skin, sitemap, listed)
        return Answer(status=200, role="sitemap", content_type=_XML, body=body)

    def _asset(self, identity: str) -> Answer | None:
        if identity == "/robots.txt":
            body = robots(self.profile).encode()
            return Answer(
                status=200, role="robots", content_type="text/plain; charset=utf-8", body=body
            )
        if match := _PICTURE.match(identity):
            body = pages.picture(int(match[1]))
            return Answer(status=200, role="picture", content_type="image/svg+xml", body=body)
        if match := _PRINT.match(identity):
            return self._print_page(int(match[1]))
        return None

    def _print_page(self, number: int) -> Answer | None:
        article = next((each for each in self.articles if each.number == number), None)
        return _html(self._skin.plain(article), "article") if article else None

    def _of_section(self, section: str | None) -> tuple[Published, ...]:
        return tuple(each for each in self.articles if section in (None, each.story.section))

    def _conditional(self, answer: Answer, target: str, headers: Mapping[str, str]) -> Answer:
        """Validators for entries, and 304 where the client's copy still holds (RFC 9110, 13)."""
        if answer.status != 200 or answer.role not in ("feed", "sitemap", "listing"):
            return answer
        with self._lock:
            version, changed_at = self._version, self._changed_at
        # Tagged by the edition, not by the bytes: a page's header clock is no change.
        tag = hashlib.sha256(f"{version} {target}".encode()).hexdigest()[:16]
        validators = {
            "ETag": f'W/"{tag}"',
            "Last-Modified": format_datetime(changed_at.astimezone(UTC), usegmt=True),
        }
        if _holds(validators["ETag"], changed_at, headers):
            return Answer(status=304, role=answer.role, headers=validators)
        return replace(answer, headers=validators)


def robots(profile: Profile) -> str:
    """The site's robots.txt."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in profile.disallow)]
    if not profile.disallow:
        lines.append("Allow: /")
    if profile.crawl_delay is not None:
        lines.append(f"Crawl-delay: {profile.crawl_delay:g}")
    return "\n".join(lines) + "\n"


def _holds(tag: str, changed_at: datetime, headers: Mapping[str, str]) -> bool:
    if "if-none-match" in headers:
        return tag in [each.strip() for each in headers["if-none-match"].split(",")]
    since = headers.get("if-modified-since")
    return since is not None and changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)


def _html(page: str, role: Role) -> Answer:
    return Answer(status=200, role=role, body=page.encode())
