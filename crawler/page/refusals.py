"""Pages that refuse a visitor: tests, denials, walls before the text, encoded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement

from crawler.errors import ReadingError
from crawler.fold import fold
from crawler.page.refusal_words import (
    WORDS_OF_CONSENT,
    WORDS_OF_DENIALS,
    WORDS_OF_HOSTS,
    WORDS_OF_LOGINS,
    WORDS_OF_TESTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.page.blocks import Block

CHALLENGE_BYTES = 40_000
"""Refusals are small: the largest seen (a captcha with its styles) has half of this. Those in a
paper's own frame are known by their title."""

# What only the scripts of a test do: set a cookie and load the page again, name their maker.
_TEST_SCRIPT = re.compile(
    r"document\.cookie\s*=.{0,2000}?location(?:\.(?:reload|replace|href|assign)|\s*=)"
    r"|jskey=|__test=|slowaes|cf_chl_|/cdn-cgi/challenge|__ddg\d|ddos-guard|_incapsula_resource"
    r"|sucuri_cloudproxy|awswaf",
    re.DOTALL | re.IGNORECASE,
)
# The same of a page that shows nothing: go to an address that is worked out, write what was coded.
_LONE_SCRIPT = re.compile(
    r"location(?:\.(?:replace|assign)\(|(?:\.href)?\s*=)[^;\"']*(?:\"[^\"]*\"|'[^']*')?\s*\+"
    r"|\beval\s*\(|new Function\(|fromCharCode|\bunescape\(|\batob\(",
    re.IGNORECASE,
)
_NO_TEXT = 100
_HARDLY_TEXT = 400
_SENDING_ON = re.compile(
    r"<meta[^<>]{1,100}refresh[^<>]{1,100}content=[\"']?\s*[0-5]\s*;\s*url=", re.IGNORECASE
)
_WORDS_PAGE = 600
_LONGEST_REFUSAL = 1500
_LONGEST_DATE_LINE = 80
_PROSE = 80
_LONGEST_DETAIL = 80
_TESTING = (
    (WORDS_OF_TESTS, "a test"),
    (WORDS_OF_DENIALS, "a denial"),
    (WORDS_OF_CONSENT, "a consent wall"),
    (WORDS_OF_LOGINS, "a login wall"),
)
_LOGIN_TITLE = re.compile(r"(?:đăng nhập(?: hệ thống| tài khoản)?|log ?in|sign ?in)\W*$")

# A form with room for a comment asks for more than proof of being human.
_has_widget = etree.XPath(
    "boolean((//*[contains(@class, 'g-recaptcha') or contains(@class, 'h-captcha')"
    " or contains(@class, 'cf-turnstile')] | //iframe[contains(@src, 'captcha')]"
    " | //input[contains(@name, 'captcha')] | //img[contains(@src, 'captcha')])"
    "[not(ancestor::form//textarea[not(contains(@name, 'captcha'))])])"
)
_asks_for_password = etree.XPath("boolean(//input[@type='password'])")
_is_marked_article = etree.XPath(
    "boolean(//meta[@property='og:type' and @content='article']"
    " | //meta[@property='article:published_time'] | //*[@itemprop='articleBody']"
    " | //script[contains(@type, 'ld+json') and contains(., 'datePublished')])"
)
_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_NO_DATE_LINE = re.compile(r"\bip\b|\bid\b|\bmã |giấy phép|\bgp-", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\s+[|–—-]\s+")
_OPENING = re.compile(r"^\W+")

# Some papers send the text as base64 for their own script to decode, in lines of 60 or more.
_ENCODED = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a small page shows apart from links to elsewhere."""

    tree: HtmlElement
    titles: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def length(self) -> int:
        return sum(map(len, self.lines))

    def says(self, words: re.Pattern[str]) -> str | None:
        """The sentence that begins with such words: in the title, or in a short text."""
        text = self.lines if self.length < _WORDS_PAGE else ()
        return next(filter(words.match, _sentences((*self.titles, *text))), None)

    @property
    def is_article(self) -> bool:
        """Whether it has a paragraph, and the marks of an article or a date."""
        if not any(len(line) >= _PROSE for line in self.lines):
            return False
        return bool(_is_marked_article(self.tree)) or any(map(_is_dated, self._below_title))

    @property
    def _below_title(self) -> Sequence[str]:
        """Above the title stands the clock of the site."""
        places = [place for place, line in enumerate(self.lines) if line in self.titles]
        return self.lines[places[0] + 1 :] if places else self.lines


def is_suspect(titles: Iterable[str]) -> bool:
    """Whether a title or heading, of a page of any size, speaks to the visitor."""
    return any(words.match(said) for said in _sentences(titles) for words, _ in _TESTING)


def refuse_challenge(
    source: str, tree: HtmlElement, *, titles: Iterable[str], lines: Iterable[Block]
) -> None:
    """Refuse a page that tests its visitor, turns it away, or is its host's.

    Args:
        source: The page as it was sent.
        tree: The same, parsed.
        titles: Its title and headings.
        lines: All that it shows.

    Raises:
        ReadingError: ``challenge``, ``not-article`` for the page of a host, with what was seen.
    """
    own = tuple(line.text for line in lines if 2 * line.linked <= len(line.text))
    shown = _Shown(tree=tree, titles=tuple(titles), lines=own)
    if shown.length > _LONGEST_REFUSAL:
        return
    if seen := _seen_in_scripts(source, shown):
        raise ReadingError("challenge", seen)
    if is_suspect(shown.titles) and _has_widget(tree):
        raise ReadingError("challenge", "a captcha to solve")
    if shown.is_article:
        return
    if seen := _said_or_asked(shown):
        raise ReadingError("challenge", seen)
    if said := shown.says(WORDS_OF_HOSTS):
        raise ReadingError("not-article", f"the host's own page: {said[:_LONGEST_DETAIL]}")


def refuse_encoded(lines: Iterable[str]) -> None:
    """Refuse a text that is encoded for the site's own script.

    Raises:
        ReadingError: ``challenge``.
    """
    if any(_ENCODED.fullmatch(word) for line in lines for word in line.split(" ", 1)[:1]):
        raise ReadingError("challenge", "the text is encoded and needs the site's script")


def _is_dated(line: str) -> bool:
    if len(line) > _LONGEST_DATE_LINE or _NO_DATE_LINE.search(line):
        return False
    return _DATE.search(line) is not None


def _said_or_asked(shown: _Shown) -> str | None:
    """What the page says to its visitor or asks for."""
    for words, name in _TESTING:
        if said := shown.says(words):
            return f"{name}: {said[:_LONGEST_DETAIL]}"
    if shown.length >= _WORDS_PAGE:
        return None
    if _has_widget(shown.tree):
        return "a captcha to solve"
    is_login = any(map(_LOGIN_TITLE.match, _sentences(shown.titles)))
    if is_login or (shown.length < _HARDLY_TEXT and _asks_for_password(shown.tree)):
        return "a login wall"
    return None


def _seen_in_scripts(source: str, shown: _Shown) -> str | None:
    """What the scripts of a page without a text are for."""
    if shown.length >= _HARDLY_TEXT or _is_marked_article(shown.tree):
        return None
    if _TEST_SCRIPT.search(source):
        return "a script tests the visitor and loads the page again"
    if _SENDING_ON.search(source):
        return "sends its visitor on at once"
    if any(map(_ENCODED.fullmatch, shown.lines)):
        return "the page is encoded and needs a script"
    if shown.length >= _NO_TEXT:
        return None
    if any(map(WORDS_OF_TESTS.match, _unscripted(shown.tree))):
        return "nothing is shown without scripts"
    if any(_LONE_SCRIPT.search(script.text or "") for script in shown.tree.iter("script")):
        return "a script stands for the page"
    return None


def _unscripted(tree: HtmlElement) -> Iterator[str]:
    """What is said to browsers that run no scripts."""
    return _sentences(str(one.text_content()) for one in tree.iter("noscript"))


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    """Folded, from the first letter on."""
    for text in texts:
        for sentence in _SENTENCES.split(fold(text)):
            if bare := _OPENING.sub("", " ".join(sentence.split())):
                yield bare
