"""Article text that a page carries in an inline script, as a JavaScript string."""

from __future__ import annotations

import html as entities
import json
import re
from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_scripts = etree.XPath("//script[not(@src)]/text()", smart_strings=False)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,5})\}|(.))", re.DOTALL)

_HALF_ESCAPED = re.compile(r"&lt;(?=/?[a-z]\w*\s*/?>)")


def scripted_node(tree: HtmlElement, patterns: Iterable[re.Pattern[str]]) -> HtmlElement | None:
    """The markup that a script puts into the page, as an element.

    It stands in the page in plain escapes; nothing is run and nothing fetched for it.

    Args:
        tree: The whole page.
        patterns: Group 1 is the string as the script writes it, without its quotes.
    """
    for pattern in patterns:
        for script in _scripts(tree):  # type: ignore[union-attr] # a list of strings
            if match := pattern.search(str(script)):
                return _element(unescaped(match[1]))
    return None


def unescaped(literal: str) -> str:
    """What a JavaScript string literal means, JSON's escapes and the others."""
    as_json = _ESCAPE.sub(_in_json, literal).replace("\r", "")
    as_json = re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', as_json)
    try:
        text = str(json.loads(f'"{as_json}"', strict=False))
    except ValueError:
        text = literal
    return _HALF_ESCAPED.sub("<", text) if "<" in text else entities.unescape(text)


def _in_json(match: re.Match[str]) -> str:
    """The escape as JSON knows it; of the others the character itself."""
    if match[3] is not None:
        if match[3] in '"\\/bfnrtu':
            return match[0]
        return "" if match[3] == "\n" else match[3]
    code = int(match[1] or match[2], 16)
    return json.dumps(chr(code))[1:-1]


def _element(markup: str) -> HtmlElement | None:
    if not markup.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.fragment_fromstring(
            markup.encode(errors="replace").decode(), create_parent="div", parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
