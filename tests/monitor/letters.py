"""Digests as letters, and what a reader of one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lxml import html as lxml_html

from monitor.render import render
from monitor.wording import Language, load_wording
from tests.monitor.sample_digests import in_english

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from monitor.items import Digest, Letter

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def letter_of(digest: Digest, language: Language = "vi") -> Letter:
    """A sample digest in the reader's language."""
    told = in_english(digest) if language == "en" else digest
    return render(told, wording=load_wording(language), zone=HANOI)


def page_of(letter: Letter) -> HtmlElement:
    """Its HTML, parsed."""
    return lxml_html.document_fromstring(letter.html)


def words_of(letter: Letter) -> str:
    """What its page says, in one line."""
    return " ".join(page_of(letter).text_content().split())
