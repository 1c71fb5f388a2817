"""CMS families: which one a page belongs to is asked of the page itself.

Papers change their CMS within a year while their host stays, so a host's family is a hint.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lxml import etree

from crawler.families.bac_ninh import BAC_NINH
from crawler.families.content_fck import CONTENT_FCK
from crawler.families.dien_bien import DIEN_BIEN
from crawler.families.dnn import DNN
from crawler.families.family import Family, overridden
from crawler.families.general import GENERAL
from crawler.families.hanam import HANAM
from crawler.families.hue_cit import HUE_CIT
from crawler.families.lai_chau import LAI_CHAU
from crawler.families.liferay import LIFERAY
from crawler.families.mediatech import MEDIATECH
from crawler.families.narrowing import Names, matches, narrowed, possible
from crawler.families.ninh_binh import NINH_BINH
from crawler.families.nukeviet import NUKEVIET
from crawler.families.onecms import ONECMS
from crawler.families.ptitle import PTITLE
from crawler.families.quang_ngai import QUANG_NGAI
from crawler.families.sharepoint import SHAREPOINT
from crawler.families.site_id import SITE_ID
from crawler.families.son_la import SON_LA
from crawler.families.vietnam_vn import VIETNAM_VN
from crawler.families.ward import WARD
from crawler.families.wordpress import WORDPRESS
from crawler.families.zce import ZCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lxml.html import HtmlElement

    from crawler.selectors import Selectors

__all__ = ["FAMILIES", "GENERAL", "Family", "Names", "detect_family", "plan_of", "possible"]

# Papers before portals: a paper's own marks say more than the product it was built with.
FAMILIES = (
    ZCE, ONECMS, MEDIATECH, SITE_ID, CONTENT_FCK, PTITLE, VIETNAM_VN, HANAM,
    BAC_NINH, NINH_BINH, SON_LA, DIEN_BIEN, LAI_CHAU, QUANG_NGAI, WARD, HUE_CIT,
    NUKEVIET, LIFERAY, SHAREPOINT, DNN, WORDPRESS,
)  # fmt: skip

# The general names of a body are only tried, on pages of any family; a source's own are sure.
_UNKNOWN = replace(GENERAL, body=())

_addresses = etree.XPath("//@src | //@href", smart_strings=False)
_ENOUGH = 2
_SIGN = 2


def plan_of(
    tree: HtmlElement,
    *,
    url: str,
    hint: str | None = None,
    selectors: Iterable[Selectors] = (),
    day: date,
) -> Family:
    """How to read a page: its family or the general one, the source's own selectors first.

    Args:
        tree: The whole page.
        url: Its address.
        hint: Key of the family the source is said to use.
        selectors: The source's own.
        day: Of the visit, Vietnam's.

    Returns:
        With only the selectors that may match this page.
    """
    names = Names.of(tree)
    family = _detected(tree, names, url=url, hint=hint) or _UNKNOWN
    return narrowed(overridden(family, selectors, day=day), names)


def detect_family(tree: HtmlElement, *, url: str, hint: str | None = None) -> Family | None:
    """The family whose marks the page bears, or None.

    Args:
        tree: The whole page.
        url: Its address.
        hint: Key of the family the source is said to use; decides where marks are few.
    """
    return _detected(tree, Names.of(tree), url=url, hint=hint)


def _detected(tree: HtmlElement, names: Names, *, url: str, hint: str | None) -> Family | None:
    scores = [_marks(family, tree, names, url=url) for family in FAMILIES]
    best = max(scores)
    # Words and links are searched only where they can still decide: it takes longest.
    chances = [len(one.words) + len(one.links) + (one.key == hint) for one in FAMILIES]
    reach = [score + chance for score, chance in zip(scores, chances, strict=True)]
    first = (best, -scores.index(best)) if best >= _ENOUGH else (_ENOUGH, -len(FAMILIES))
    rivals = [place for place, most in enumerate(reach) if (most, -place) > first]
    if rivals and rivals != [-first[1]]:
        open_ones = {scores.index(best), *rivals}
        for place, found in zip(open_ones, _found_in_texts(tree, open_ones), strict=True):
            scores[place] += found
    for place, family in enumerate(FAMILIES):
        scores[place] += family.key == hint and scores[place] > 0
    best = max(scores)
    return FAMILIES[scores.index(best)] if best >= _ENOUGH else None


def _found_in_texts(tree: HtmlElement, places: Iterable[int]) -> list[int]:
    """How many words and links of these families a page holds."""
    families = [FAMILIES[place] for place in places]
    has_words, has_links = (any(one.words for one in families), any(one.links for one in families))
    text = str(tree.text_content()).lower() if has_words else ""
    addresses = " ".join(cast("list[str]", _addresses(tree))).lower() if has_links else ""
    return [
        sum(bool(pattern.search(text)) for pattern in family.words)
        + sum(bool(pattern.search(addresses)) for pattern in family.links)
        for family in families
    ]


def _marks(family: Family, tree: HtmlElement, names: Names, *, url: str) -> int:
    signs, hints = matches(tree, family.signs, names), matches(tree, family.hints, names)
    return _SIGN * signs + hints + bool(family.address and family.address.search(url))
