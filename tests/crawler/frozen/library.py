"""The frozen set's own files, read: stories, pages, side boxes, expected readings."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from tests.crawler.frozen.items import HANOI, Block, BlockKind, Expected, PageSpec, Story

HOME = Path(__file__).parent
EXPECTED_HOME = HOME / "expected"
FETCHED = datetime(2026, 11, 20, 9, 30, tzinfo=HANOI)

_MARKS: dict[str, BlockKind] = {
    "## ": "heading",
    "> ": "quote",
    "[anh] ": "photo",
    "[video] ": "video",
}
_COUNTED: dict[str, BlockKind] = {"lienquan": "related", ">>": "more", "qc": "ad"}
_COUNT = re.compile(r"\[(lienquan|>>|qc)(?: (\d+))?\]")


def load_stories() -> dict[str, Story]:
    """All stories by id."""
    raw = [
        story
        for path in sorted((HOME / "stories").glob("*.yaml"))
        for story in yaml.safe_load(path.read_text("utf-8"))
    ]
    return {story["id"]: _story(story) for story in raw}


def load_specs() -> tuple[PageSpec, ...]:
    """All pages, articles first."""
    return tuple(
        _spec(raw)
        for name in ("pages.yaml", "refusals.yaml")
        for raw in yaml.safe_load((HOME / name).read_text("utf-8"))
    )


def load_sides() -> dict[str, list[str]]:
    """Headlines, leads and comments that stand beside articles."""
    sides: dict[str, list[str]] = yaml.safe_load((HOME / "sides.yaml").read_text("utf-8"))
    return sides


def load_expected(key: str) -> Expected:
    """What is expected of a page.

    Raises:
        FileNotFoundError: The page was never frozen.
    """
    raw = json.loads((EXPECTED_HOME / f"{key}.json").read_text("utf-8"))
    lists = {name: tuple(raw[name]) for name in ("body", "beside") if name in raw}
    return Expected(**{**raw, **lists})


def _story(raw: dict[str, Any]) -> Story:
    blocks = [_block(piece) for piece in raw["body"].split("\n\n") if piece.strip()]
    return Story(
        id=raw["id"],
        title=raw["title"],
        sapo=raw["sapo"],
        author=raw["author"],
        category=raw["category"],
        tags=tuple(raw["tags"]),
        blocks=tuple(_lists_joined(blocks)),
    )


def _block(piece: str) -> Block:
    text = piece.strip()
    if counted := _COUNT.fullmatch(text):
        return Block(kind=_COUNTED[counted[1]], count=int(counted[2] or 0))
    if text.startswith("|"):
        lines = (line.strip().strip("|").split("|") for line in text.splitlines())
        return Block(kind="table", rows=tuple(tuple(cell.strip() for cell in row) for row in lines))
    if text.startswith("- "):
        return Block(kind="list", rows=((text[2:],),))
    for mark, kind in _MARKS.items():
        if text.startswith(mark):
            return Block(kind=kind, text=text.removeprefix(mark))
    return Block(kind="text", text=text)


def _lists_joined(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        if block.kind == "list" and joined and joined[-1].kind == "list":
            joined[-1] = Block(kind="list", rows=joined[-1].rows + block.rows)
        else:
            joined.append(block)
    return joined


def _spec(raw: dict[str, Any]) -> PageSpec:
    printed = raw.pop("published", None)
    return PageSpec(
        **{
            **raw,
            "variant": str(raw.get("variant", "")),
            "traits": frozenset(raw.get("traits", ())),
            "published": _local(printed),
            "has_time": isinstance(printed, str),
            "fetched": FETCHED,
        }
    )


def _local(printed: str | date | None) -> datetime | None:
    """YAML's times, which it leaves as text, as local ones; a bare day becomes 08:17.

    No template prints that time: one that did by mistake would be seen in a reading.
    """
    if printed is None:
        return None
    if isinstance(printed, str):
        return datetime.fromisoformat(printed).replace(tzinfo=HANOI)
    return datetime.combine(printed, time(8, 17), tzinfo=HANOI)
