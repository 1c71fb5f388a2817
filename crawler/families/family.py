"""What there is to know about a CMS: how to recognise its pages and where their parts stand."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Family:
    """A CMS as data; selectors are CSS, tried in order."""

    key: str
    signs: tuple[str, ...] = ()
    """Selectors of which one is enough to know the family."""
    hints: tuple[str, ...] = ()
    """Selectors of which it takes two."""
    words: tuple[re.Pattern[str], ...] = ()
    """Searched in the page's text; each counts as a hint."""
    address: re.Pattern[str] | None = None
    """Searched in the page's URL; counts as a hint."""
    title: tuple[str, ...] = ()
    sapo: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    """Nodes that name whom the article was taken from."""
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    """Within the body: repeated title and sapo, boxes, tools."""
    meta_line: re.Pattern[str] | None = None
    """A line near the title; its groups may be ``author`` and ``origin``."""
    dateline_lead: bool = False
    """Whether a first paragraph with the paper's initials is the sapo."""
    short_body: bool = False
    """Whether a short body is the article: what surrounds it are other articles."""
    titled_above_date: bool = False
    """Whether the title is no heading but the line above the date."""
