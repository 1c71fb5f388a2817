"""The table of misbehaviours: what a site does, in which roles, and what is to be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tests.fakes.rogue.documents import ROLES, Role
from tests.fakes.rogue.server import HOST, Handler

Tls = Literal["trusted", "expired", "self-signed", "wrong-host", "spoken-on-http", "missing"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One misdeed.

    What is expected of an entry or a page is the failure's kind, or its outcome where it does
    not fail: ``read`` and ``unchanged`` for entries, ``article`` and ``gone`` for pages. Of
    robots.txt it is what then becomes of the good feed: ``read``, or why it is not asked.
    """

    name: str
    """What the site does, in a few words."""
    handler: Handler
    expected: Mapping[Role, str]
    closes: bool = False
    """Whether nothing more is asked of the site: it asked for a pause, or robots.txt was not
    to be read."""
    retry_after: timedelta | None = None
    """The pause that is to be reported."""
    host: str = HOST
    addresses: tuple[tuple[str, ...], ...] | None = None
    """What DNS answers for ``host``, one lookup after the other; None where it is a number."""
    tls: Tls | None = None
    links: int | None = None
    """How many links an entry is to give."""
    title: str | None = None
    """How the article is to be called."""
    most_requests: int = 12
    """All that the site may be asked for."""
    is_heavy: bool = False
    """Whether reading it takes so long that others, with little time, would time out."""


@dataclass(frozen=True, repr=False)
class Case:
    """One misdeed in one role: a source of the crawl."""

    row: Row
    role: Role
    number: int

    @property
    def key(self) -> str:
        return f"{self.number:03}-{self.role}"

    @property
    def expected(self) -> str:
        return self.row.expected[self.role]

    @property
    def host(self) -> str:
        """Names are not shared: what DNS says of one is said once."""
        return f"{self.role}.{self.row.host}" if self.row.addresses is not None else HOST

    @property
    def closes(self) -> bool:
        return self.row.closes or (self.role == "robots" and self.expected != "read")

    def __str__(self) -> str:
        return f"{self.role}: {self.row.name}"


def cases_of(rows: tuple[Row, ...]) -> tuple[Case, ...]:
    """Every row in every role it is told for."""
    pairs = [(row, role) for row in rows for role in ROLES if role in row.expected]
    return tuple(Case(row, role, number) for number, (row, role) in enumerate(pairs))


def everywhere(kind: str, **others: str) -> dict[Role, str]:
    """The same in all five roles but for some."""
    return {role: others.get(role, kind) for role in ROLES}


def thrice(kind: str, **others: str) -> dict[Role, str]:
    """In the roles that differ while the answer is not yet read: whose it is does not matter."""
    return {role: others.get(role, kind) for role in ("robots", "feed", "article")}


def fine_thrice() -> dict[Role, str]:
    """Read as if nothing were wrong, in the same roles."""
    return thrice("read", article="article")


def entries(kind: str, **others: str) -> dict[Role, str]:
    """The same in every entry but for some."""
    return {role: others.get(role, kind) for role in ("feed", "sitemap", "listing")}


def documents(kind: str, **others: str) -> dict[Role, str]:
    """The same in every role but robots.txt."""
    return {**entries(kind, **others), "article": others.get("article", kind)}


def fine(**others: str) -> dict[Role, str]:
    """Read as if nothing were wrong."""
    return everywhere("read", **{"article": "article", **others})
