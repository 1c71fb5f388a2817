"""The press as a whole: every site on its own port of 127.0.0.1, under one control."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from monitor.press import library
from monitor.press.faults import Fault, Gate
from monitor.press.items import TruthRow
from monitor.press.server import HOST, Host, reserve_port
from monitor.press.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from monitor.press.items import FaultKind, Profile, Published, Story

_PATIENCE = timedelta(seconds=10)


class Press:
    """Ten simulated sites with a hundred invented stories, and the truth about them.

    Use it as a context manager; the sites answer inside of it, and all its threads have
    ended after it.

    Args:
        now: The press's clock, aware; stories are dated back from it. It stands still
            unless ``set_now`` moves it.
        port_base: First port; the sites take it and the following ones. None takes free ones.
        stories: What is printed; None takes the stories that come along.
        hang_limit: The longest an answer is held back by ``hold`` or ``hang``.

    Raises:
        OSError: A port is taken.
    """

    def __init__(
        self,
        *,
        now: datetime,
        port_base: int | None = None,
        stories: Iterable[Story] | None = None,
        hang_limit: timedelta = timedelta(seconds=60),
    ) -> None:
        self._now = now
        self._hosts: dict[str, Host] = {}
        self._published: dict[str, Published] = {}
        printed, kept_back = library.load_stories()
        self._reserve = list(kept_back)
        try:
            for index, profile in enumerate(library.load_profiles()):
                self._open_site(profile, port_base + index if port_base else 0, hang_limit)
        except OSError:
            self.close()
            raise
        for story in printed if stories is None else stories:
            self.publish(story.site, story, at=now - story.age)

    def __enter__(self) -> Self:
        for host in self._hosts.values():
            host.listen()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop all sites; held answers are let go first."""
        for host in self._hosts.values():
            host.gate.open()
            host.close()

    @property
    def now(self) -> datetime:
        """The press's clock."""
        return self._now

    def set_now(self, now: datetime) -> None:
        """Move the clock of the press and of the pages' headers."""
        self._now = now
        for site in self.sites.values():
            site.now = now

    @property
    def sites(self) -> Mapping[str, Site]:
        """All sites by key, in the order of their ports."""
        return {key: host.site for key, host in self._hosts.items()}

    def article(self, article_id: str) -> Published:
        """What became of a story.

        Raises:
            KeyError: No such article is served.
        """
        return self._published[article_id]

    def url(self, article_id: str) -> str:
        """The address of an article.

        Raises:
            KeyError: No such article is served.
        """
        article = self._published[article_id]
        return self._hosts[article.site].site.base_url + article.path

    def truth(self) -> list[TruthRow]:
        """What a perfect monitor finds on the sites as they stand."""
        return [
            TruthRow(
                id=key,
                site=article.site,
                url=self.url(key),
                label=article.story.label,
                figures=article.story.figures,
            )
            for key, article in self._published.items()
        ]

    def publish(self, site: str, story: Story, *, at: datetime | None = None) -> Published:
        """Put a story on a site.

        Args:
            site: Key of the site.
            story: Its section must be one of the site's.
            at: Publication; None takes the press's clock.
        """
        article = self._hosts[site].site.publish(story, at or self._now)
        self._published[story.id] = article
        return article

    def publish_next(self) -> Published | None:
        """Publish the next of the stories kept back; None when there is no more."""
        if not self._reserve:
            return None
        story = self._reserve.pop(0)
        return self.publish(story.site, story)

    def edit(self, article_id: str, **changes: Any) -> Published:
        """Change a published story.

        Args:
            article_id: Its id.
            changes: New values of ``Story`` fields; without any, a paragraph is added.

        Raises:
            KeyError: No such article is served.
        """
        article = self._published[article_id]
        story = (
            replace(article.story, **changes)
            if changes
            else library.with_paragraph(article.story, _ADDITION)
        )
        edited = self._hosts[article.site].site.edit(article, story, self._now)
        self._published[article_id] = edited
        return edited

    def delete(self, article_id: str) -> None:
        """Take an article off its site; its address answers 410.

        Raises:
            KeyError: No such article is served.
        """
        article = self._published.pop(article_id)
        self._hosts[article.site].site.delete(article)

    def break_site(self, site: str, kind: FaultKind, *, matching: str | None = None) -> None:
        """Give a site trouble, in place of any it had.

        Args:
            site: Key of the site.
            kind: What happens.
            matching: Regular expression searched in the path, to break only some pages.
        """
        self.mend(site)
        host = self._hosts[site]
        if kind == "refuse":
            host.refuse()
        elif kind == "hang":
            host.gate.close(matching)
        else:
            host.site.fault = Fault(kind, matching)

    def mend(self, site: str) -> None:
        """End a site's trouble; requests that hung are answered."""
        host = self._hosts[site]
        host.site.fault = None
        host.gate.open()
        host.listen()

    def hold(self, site: str, *, matching: str | None = None) -> None:
        """Take requests and keep the answers back until ``release``.

        Args:
            site: Key of the site.
            matching: Regular expression searched in the path, to hold only some answers.
        """
        self._hosts[site].gate.close(matching)

    def release(self, site: str) -> None:
        """Let the held answers go, and hold no more."""
        self._hosts[site].gate.open()

    def wait_until_held(self, site: str, *, count: int = 1, timeout: timedelta = _PATIENCE) -> bool:
        """Wait until a site holds ``count`` requests; False when the time is up before."""
        return self._hosts[site].gate.wait_until_held(count, timeout)

    def _open_site(self, profile: Profile, port: int, hang_limit: timedelta) -> None:
        held = reserve_port(port)
        base_url = f"http://{HOST}:{held.getsockname()[1]}"
        site = Site(profile, base_url, now=self._now)
        self._hosts[profile.key] = Host(site, Gate(hang_limit), held)


_ADDITION = "Tòa soạn sẽ tiếp tục cập nhật thông tin về nội dung này."
