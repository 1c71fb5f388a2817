"""The press's own files, read: site profiles, stories, and the truth about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from crawler.yamlfile import load_shipped
from monitor.press.items import (
    Block,
    BlockKind,
    ExpectedFigure,
    FeedProfile,
    Profile,
    SitemapProfile,
    Story,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

_HOME = files("monitor.press")
_RESERVE = "reserve.yaml"  # Published while a watch is running, not before.
_MARKS: tuple[tuple[str, BlockKind], ...] = (("## ", "heading"), ("[Ảnh] ", "photo"))


def load_profiles() -> tuple[Profile, ...]:
    """All sites of the press, in the order of their ports."""
    return tuple(_profile(raw) for raw in _read(_HOME / "sites.yaml"))


def load_stories() -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """The stories that stand on the sites from the start, and those kept back."""
    truths = _read(_HOME / "truth.yaml")
    originals: dict[str, Mapping[str, Any]] = {}
    printed: list[Story] = []
    kept_back: list[Story] = []
    for file in sorted((_HOME / "stories").iterdir(), key=lambda file: file.name):
        shelf = kept_back if file.name == _RESERVE else printed
        for raw in _read(file):
            originals[raw["id"]] = raw
            shelf.append(_story(_filled(raw, originals), truths[raw["id"]]))
    return tuple(printed), tuple(kept_back)


def _read(file: Traversable) -> Any:
    return load_shipped(file.read_text(encoding="utf-8"))


def _profile(raw: Mapping[str, Any]) -> Profile:
    return Profile(
        **{
            **raw,
            "listings": tuple(raw["listings"]),
            "formed_from": tuple(raw.get("formed_from", ())),
            "habits": tuple(raw.get("habits", ())),
            "disallow": tuple(raw.get("disallow", ())),
            "feeds": tuple(FeedProfile(**feed) for feed in raw.get("feeds", ())),
            "sitemap": SitemapProfile(**raw["sitemap"]) if "sitemap" in raw else None,
        }
    )


def _filled(
    raw: Mapping[str, Any], originals: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any]:
    """A reprint takes what it does not say itself from the story it copies."""
    return {**originals[raw["copy_of"]], **raw} if "copy_of" in raw else raw


def _story(raw: Mapping[str, Any], truth: Mapping[str, Any]) -> Story:
    return Story(
        id=raw["id"],
        site=raw["site"],
        section=raw["section"],
        title=raw["title"],
        sapo=_joined(raw["sapo"]) if raw.get("sapo") else None,
        body=parse_body(raw["body"]),
        author=raw.get("author"),
        age=timedelta(hours=raw.get("hours_old", 0)),
        reprint_of=raw.get("reprint_of"),
        label=truth["label"],
        figures=tuple(ExpectedFigure(**figure) for figure in truth.get("figures", ())),
    )


def parse_body(text: str) -> tuple[Block, ...]:
    """Blocks of a body, apart by empty lines: ``## `` starts a heading, ``[Ảnh] `` a photo."""
    return tuple(_block(_joined(piece)) for piece in text.split("\n\n") if piece.strip())


def _block(text: str) -> Block:
    for mark, kind in _MARKS:
        if text.startswith(mark):
            return Block(kind=kind, text=text.removeprefix(mark))
    return Block(kind="text", text=text)


def _joined(text: str) -> str:
    return " ".join(text.split())


def with_paragraph(story: Story, text: str) -> Story:
    """The story with one more paragraph at its end."""
    return replace(story, body=(*story.body, Block(kind="text", text=text)))
