"""CMS families: which one a page belongs to is asked of the page itself.

Papers change their CMS within a year while their host stays, so a host's family is a hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.families.content_fck import CONTENT_FCK
from crawler.families.family import Family
from crawler.families.general import GENERAL
from crawler.families.hanam import HANAM
from crawler.families.mediatech import MEDIATECH
from crawler.families.onecms import ONECMS
from crawler.families.ptitle import PTITLE
from crawler.families.site_id import SITE_ID
from crawler.families.vietnam_vn import VIETNAM_VN
from crawler.families.ward import WARD
from crawler.families.zce import ZCE
from crawler.markup import compiled

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["FAMILIES", "GENERAL", "Family", "detect_family"]

FAMILIES = (
    ZCE, ONECMS, MEDIATECH, SITE_ID, CONTENT_FCK, PTITLE, VIETNAM_VN, HANAM, WARD
)  # fmt: skip

_ENOUGH = 2
_SIGN = 2


def detect_family(tree: HtmlElement, *, url: str, hint: str | None = None) -> Family | None:
    """The family whose marks the page bears, or None.

    Args:
        tree: The whole page.
        url: Its address.
        hint: Key of the family the source is said to use; decides where marks are few.
    """
    text = str(tree.text_content())
    scores = {family: _score(family, tree, url=url, text=text) for family in FAMILIES}
    for family in FAMILIES:
        scores[family] += family.key == hint and scores[family] > 0
    best = max(FAMILIES, key=lambda family: scores[family])
    return best if scores[best] >= _ENOUGH else None


def _score(family: Family, tree: HtmlElement, *, url: str, text: str) -> int:
    signs = sum(bool(compiled(selector)(tree)) for selector in family.signs)
    hints = sum(bool(compiled(selector)(tree)) for selector in family.hints)
    words = sum(bool(pattern.search(text)) for pattern in family.words)
    address = bool(family.address and family.address.search(url))
    return _SIGN * signs + hints + words + address
