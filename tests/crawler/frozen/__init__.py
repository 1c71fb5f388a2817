"""Frozen article pages as the Vietnamese press prints them, each with what a reader sees.

A page is built from a story (``stories/*.yaml``), a template of a CMS (``skins/*.html``) and
a line of ``pages.yaml`` that says who prints it when and how badly. Nothing in it is random:
``expected/<key>.json`` holds the page's SHA-256 beside the expected reading, so that no
change of a template goes unnoticed. ``python -m tests.crawler.frozen`` writes or shows them.
"""

from __future__ import annotations

from tests.crawler.frozen.build import Build
from tests.crawler.frozen.items import Expected, FrozenPage, PageSpec
from tests.crawler.frozen.library import EXPECTED_HOME, load_expected, load_specs

__all__ = [
    "EXPECTED_HOME",
    "Build",
    "Expected",
    "FrozenPage",
    "PageSpec",
    "load_expected",
    "load_specs",
]
