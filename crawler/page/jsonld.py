"""What a page's JSON-LD says of articles, read as leniently as search engines do."""

from __future__ import annotations

import html as entities
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")
_FIELD = re.compile(
    r"\"(@type|headline|url|datePublished|dateCreated|dateModified)\"\s*:\s*\"((?:[^\"\\]|\\.)*)\""
)


def json_ld_articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Article objects of the page's JSON-LD, nested graphs included.

    Trailing commas, raw line feeds, comments and escaped quotes are forgiven. Of a script
    that is beyond repair (a headline with bare quotation marks) the plain fields are given,
    if it speaks of one article only.
    """
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = script.text or ""
        document = _loaded(text)
        things = _things(document) if document is not None else _remains(text)
        yield from (thing for thing in things if _is_article(thing))


def own_articles(
    things: list[Mapping[str, Any]], *, url: str, title: str | None
) -> list[Mapping[str, Any]]:
    """Those of a page's article objects that speak of the page itself.

    Pages list related articles in the same form. The own one names the page's address or
    its title; of several that name neither none can be told to be it.

    Args:
        things: As ``json_ld_articles`` gives them.
        url: The page's address.
        title: The page's title.
    """
    own = [thing for thing in things if _names(thing, url=url, title=title)]
    if own:
        return own
    dates = {str(thing.get("datePublished")) for thing in things}
    return things if len(dates) == 1 else []


def _loaded(text: str) -> object | None:
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text))
    for candidate in (text, _TRAILING_COMMA.sub("", bare), entities.unescape(bare)):
        try:
            document: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return document
    return None


def _remains(text: str) -> list[Mapping[str, Any]]:
    fields: dict[str, set[str]] = {}
    for name, value in _FIELD.findall(text):
        fields.setdefault(name, set()).add(value)
    if len(fields.get("datePublished", ())) != 1:
        return []
    single = {name: values.pop() for name, values in fields.items() if len(values) == 1}
    return [single | {"@type": "Article"}]


def _things(document: object) -> Iterator[Mapping[str, Any]]:
    waiting = [document]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing.get(key) for key in ("@graph", "mainEntity"))


def _is_article(thing: Mapping[str, Any]) -> bool:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(name).endswith(("Article", "Posting")) for name in kinds)


def _names(thing: Mapping[str, Any], *, url: str, title: str | None) -> bool:
    page = thing.get("mainEntityOfPage")
    addresses = [thing.get("url"), thing.get("@id"), page]
    if isinstance(page, dict):
        addresses += [page.get("@id"), page.get("url")]
    if any(_is_same_page(address, url) for address in addresses):
        return True
    headline = thing.get("headline") or thing.get("name")
    return isinstance(headline, str) and title is not None and _is_same_title(headline, title)


def _is_same_page(address: object, url: str) -> bool:
    """By path and query: the host may be a former one."""
    if not isinstance(address, str):
        return False
    try:
        one, other = urlsplit(address.strip()), urlsplit(url)
    except ValueError:
        return False
    path = unquote(one.path).strip("/")
    return path == unquote(other.path).strip("/") and one.query == other.query and bool(path)


def _is_same_title(headline: str, title: str) -> bool:
    one, other = _words(headline), _words(title)
    return one == other or (len(one) >= 20 and (other.startswith(one) or one.startswith(other)))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", entities.unescape(text).casefold()))
