"""Edits the text of a seed file, so that its comments, order and style stay as people wrote them.

A file is never written anew from its data: new blocks are put in as text, and changed values
replace the old ones where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import yaml

from crawler.errors import SeedError
from crawler.items import Entry, EntryKind

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Source

GROUPS: Mapping[EntryKind, str] = {
    "feed": "feeds",
    "sitemap": "sitemaps",
    "json": "json_lists",
    "listing": "listings",
}
"""Keys under which a seed file keeps the entries of a kind."""

_EMPTY = re.compile(r"^sources:[ \t]*(?:\[\s*\])?[ \t]*(?:\r?\n|\Z)(?=[^ \t\-]|\Z)", re.MULTILINE)
"""A list of sources that has none yet."""

_PLAIN_ADDRESS = re.compile(r"https?://[\w./:~+-]*[\w/~+-]")
"""Needs no quotes, though the library would write them."""

_Span = tuple[int, int, str]
"""Characters from, to, and what stands there afterwards."""


@dataclass(frozen=True, kw_only=True)
class SeedEdit:
    """What shall change about one source."""

    settings: Mapping[str, str] = field(default_factory=dict)
    """New values by key; keys that do not stand there yet are put in."""
    checked: frozenset[str] = frozenset()
    """Addresses of entries that have answered."""
    removed: frozenset[str] = frozenset()
    added: tuple[Entry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.settings or self.checked or self.removed or self.added)


def source_lines(source: Source) -> list[str]:
    """A new source as lines of YAML, not indented, without ends of line."""
    facts = {
        "key": source.key,
        "name": source.name,
        "kind": source.kind,
        "home": source.home,
        "certainty": source.certainty,
        "family": source.family,
        "article_url": source.article_url,
    }
    lines = [f"{key}: {_setting(key, value)}" for key, value in facts.items() if value]
    for kind, group in GROUPS.items():
        entries = [entry for entry in source.entries if entry.kind == kind]
        lines += [f"{group}:"] if entries else []
        lines += [f"  - {_entry(entry)}" for entry in entries]
    return [f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def with_source(text: str, source: Source, *, path: Path) -> str:
    """The text of a seed file with a source more, behind the others.

    Raises:
        SeedError: The file's list of sources cannot be added to as text.
    """
    empty = _EMPTY.search(text)
    if empty is not None:
        block = ["sources:", *(f"  {line}" for line in source_lines(source))]
        return _applied(text, [(empty.start(), empty.end(), _joined(block, text, empty.start()))])
    sources = _sources(text, path)
    at, indent = _after(text, sources), " " * sources.start_mark.column
    block = ["", *(f"{indent}{line}" for line in source_lines(source))]
    return _applied(text, [(at, at, _joined(block, text, at))])


def edited(text: str, key: str, edit: SeedEdit, *, path: Path) -> str:
    """The text of a seed file with one source changed.

    Raises:
        SeedError: The source does not stand in it, or its entries cannot be edited as text.
    """
    node = _source_node(text, key, path)
    spans = [
        *_setting_spans(text, node, edit.settings),
        *_group_spans(text, node, edit, path=path),
    ]
    return _applied(text, spans)


def _sources(text: str, path: Path) -> yaml.SequenceNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise SeedError(path, line=None, key="", reason="is not YAML") from error
    sources = _child(root, "sources") if isinstance(root, yaml.MappingNode) else None
    if not isinstance(sources, yaml.SequenceNode) or sources.flow_style or not sources.value:
        reason = "is no list with one source a block; add to it by hand"
        raise SeedError(path, line=None, key="sources", reason=reason)
    return sources


def _source_node(text: str, key: str, path: Path) -> yaml.MappingNode:
    for node in _sources(text, path).value:
        named = _child(node, "key")
        if isinstance(named, yaml.ScalarNode) and named.value == key and not node.flow_style:
            found: yaml.MappingNode = node
            return found
    raise SeedError(path, line=None, key="sources", reason=f"holds no block of '{key}'")


def _setting_spans(
    text: str, node: yaml.MappingNode, settings: Mapping[str, str]
) -> Iterator[_Span]:
    home = _child(node, "certainty") or _child(node, "key")
    assert home is not None
    indent = " " * node.start_mark.column
    for name, value in settings.items():
        old = _child(node, name)
        if old is not None:
            yield old.start_mark.index, old.end_mark.index, _setting(name, value)
        else:
            at = _after(text, home)
            yield at, at, _joined([f"{indent}{name}: {_setting(name, value)}"], text, at)


def _group_spans(
    text: str, node: yaml.MappingNode, edit: SeedEdit, *, path: Path
) -> Iterator[_Span]:
    for kind, group in GROUPS.items():
        added = [entry for entry in edit.added if entry.kind == kind]
        entries = _child(node, group)
        if entries is None:
            if added:
                yield _new_group(text, node, group, added)
            continue
        if not isinstance(entries, yaml.SequenceNode) or entries.flow_style:
            reason = "is no list with one entry a line; edit it by hand"
            raise SeedError(path, line=entries.start_mark.line + 1, key=group, reason=reason)
        yield from _entry_spans(text, node, group, entries, edit, added)


def _entry_spans(
    text: str,
    node: yaml.MappingNode,
    group: str,
    entries: yaml.SequenceNode,
    edit: SeedEdit,
    added: list[Entry],
) -> Iterator[_Span]:
    removed = [entry for entry in entries.value if _url(entry) in edit.removed]
    if len(removed) == len(entries.value) and not added:
        first = next(key for key, value in node.value if key.value == group).start_mark.line
        yield _line_start(text, first), _after(text, entries), ""
        return
    for entry in entries.value:
        certainty = _child(entry, "certainty")
        if _url(entry) in edit.removed:
            after = _after(text, entry)
            yield _line_start(text, entry.start_mark.line), after, ""
        elif _url(entry) in edit.checked and certainty is not None:
            yield certainty.start_mark.index, certainty.end_mark.index, "checked"
    if added:
        indent = " " * entries.start_mark.column
        at = _after(text, entries)
        yield at, at, _joined([f"{indent}- {_entry(one)}" for one in added], text, at)


def _new_group(text: str, node: yaml.MappingNode, group: str, added: list[Entry]) -> _Span:
    indent = " " * node.start_mark.column
    at = _after(text, node)
    lines = [f"{indent}{group}:", *(f"{indent}  - {_entry(entry)}" for entry in added)]
    return at, at, _joined(lines, text, at)


def _child(node: yaml.Node, name: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _url(entry: yaml.Node) -> str | None:
    url = _child(entry, "url")
    return url.value if isinstance(url, yaml.ScalarNode) else None


def _after(text: str, node: yaml.Node) -> int:
    """Where the line behind a node begins; empty lines after it are not its own."""
    lines = text.splitlines()
    last = min(_last_line(node), len(lines) - 1)
    while not lines[last].strip():
        last -= 1
    return _line_start(text, last + 1)


def _last_line(node: yaml.Node) -> int:
    """0-based line of a node's last letter: the marks of blocks end where the next begins."""
    if isinstance(node, yaml.ScalarNode):
        ends_below = node.style in ("|", ">") and node.end_mark.column == 0
        return int(node.end_mark.line) - ends_below
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_start(text: str, line: int) -> int:
    """Where a 0-based line begins; the end of the text where there is no such line."""
    return sum(map(len, text.splitlines(keepends=True)[:line]))


def _joined(lines: Iterable[str], text: str, at: int) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    before = "" if at == 0 or text[at - 1] == "\n" else end
    return before + "".join(f"{line}{end}" for line in lines)


def _applied(text: str, spans: Iterable[_Span]) -> str:
    for start, stop, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _setting(name: str, value: str) -> str:
    if name == "article_url":  # as people write patterns: quoted, so that a backslash is one
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return _scalar(value)


def _entry(entry: Entry) -> str:
    facts = {"url": entry.url, "certainty": entry.certainty, "note": entry.note}
    if entry.keys is not None:
        facts |= asdict(entry.keys)
    return f"{{{', '.join(f'{key}: {_scalar(value)}' for key, value in facts.items() if value)}}}"


def _scalar(value: str) -> str:
    """A word of YAML that means just this text, within braces too."""
    if _PLAIN_ADDRESS.fullmatch(value):
        return value
    return yaml.safe_dump(
        [value], default_flow_style=True, allow_unicode=True, width=float("inf")
    ).strip()[1:-1]
