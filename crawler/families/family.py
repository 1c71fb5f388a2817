"""What there is to know about a CMS: how to recognise its pages and where their parts stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.selectors import SELECTOR_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from crawler.selectors import Selectors


@dataclass(frozen=True, kw_only=True)
class Family:
    """A CMS as data; selectors are CSS, tried in order."""

    key: str
    signs: tuple[str, ...] = ()
    """Selectors of which one is enough to know the family."""
    hints: tuple[str, ...] = ()
    """Selectors of which it takes two."""
    words: tuple[re.Pattern[str], ...] = ()
    """Searched in the page's text, in lower case; each counts as a hint."""
    links: tuple[re.Pattern[str], ...] = ()
    """Searched in the addresses that the page points to, in lower case; each is a hint."""
    address: re.Pattern[str] | None = None
    """Searched in the page's URL; counts as a hint."""
    title: tuple[str, ...] = ()
    sapo: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    """Nodes that name whom the article was taken from."""
    category: tuple[str, ...] = ()
    """The section; of several matches in one selector the last."""
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    """Within the body: repeated title and sapo, boxes, tools."""
    scripted: tuple[re.Pattern[str], ...] = ()
    """Searched in the page's scripts where the body node is empty; group 1 is the body as a
    JavaScript string."""
    meta_line: re.Pattern[str] | None = None
    """A line near the title; its groups may be ``author`` and ``origin``."""
    dateline_lead: bool = False
    """Whether a first paragraph with the paper's initials is the sapo."""
    short_body: bool = False
    """Whether a short body is the article: what surrounds it are other articles."""
    titled_above_date: bool = False
    """Whether the title is no heading but the line above the date."""
    is_general: bool = False
    """Whether it stands for pages of no known CMS."""


def overridden(family: Family, selectors: Iterable[Selectors], *, day: date) -> Family:
    """The family with a source's own selectors before its own.

    Args:
        family: Detected, or the general one.
        selectors: Of the source; those that do not hold on the day are left alone.
        day: Of the visit, Vietnam's.
    """
    for own in selectors:
        if own.holds_on(day):
            before = {name: getattr(own, name) + getattr(family, name) for name in SELECTOR_NAMES}
            family = replace(family, **before)
    return family
