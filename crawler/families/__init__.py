"""CMS families: which one a page belongs to is asked of the page itself.

Papers change their CMS within a year while their host stays, so a host's family is a hint.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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

    from crawler.items import Selectors

__all__ = ["FAMILIES", "GENERAL", "Family", "Names", "detect_family", "plan_of", "possible"]

# Papers before portals: a paper's own marks say more than the product it was built with.
FAMILIES = (
    ZCE, ONECMS, MEDIATECH, SITE_ID, CONTENT_FCK, PTITLE, VIETNAM_VN, HANAM,
    BAC_NINH, NINH_BINH, SON_LA, DIEN_BIEN, LAI_CHAU, QUANG_NGAI, WARD, HUE_CIT,
    NUKEVIET, LIFERAY, SHAREPOINT, DNN, WORDPRESS,
)  # fmt: skip

# The general names of a body are only tried, on pages of any family; a source's own are sure.
_UNKNOWN = replace(GENERAL, body=())

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


def _detected(
    tree: HtmlElement, names: Names, *, url: str, hint: str | None
) -> Family | None:
    text = str(tree.text_content()).lower()
    scores = [_score(family, tree, names, url=url, text=text) for family in FAMILIES]
    for place, family in enumerate(FAMILIES):
        scores[place] += family.key == hint and scores[place] > 0
    best = max(scores)
    return FAMILIES[scores.index(best)] if best >= _ENOUGH else None


def _score(family: Family, tree: HtmlElement, names: Names, *, url: str, text: str) -> int:
    signs = matches(tree, family.signs, names)
    hints = matches(tree, family.hints, names)
    address = bool(family.address and family.address.search(url))
    words = sum(bool(pattern.search(text)) for pattern in family.words)
    return _SIGN * signs + hints + words + address
