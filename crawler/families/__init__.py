"""CMS families: which one a page belongs to is asked of the page itself.

Papers change their CMS within a year while their host stays, so a host's family is a hint.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.html import HtmlElement

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
from crawler.families.narrowing import Names, matches, most_matches, narrowed, possible
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

# Two walks take less time than the order of the page, which a union asks for.
_sources = etree.XPath("descendant-or-self::*/@src", smart_strings=False)
_targets = etree.XPath("descendant-or-self::*/@href", smart_strings=False)
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
    page = _Page(tree, names, url)
    most = [page.most_marks(one) for one in FAMILIES]
    in_texts = [len(one.words) + len(one.links) + (one.key == hint) for one in FAMILIES]
    marks: dict[int, int] = {}
    # Of families with as many marks the first wins, and one mark is not enough.
    best = (_ENOUGH, -len(FAMILIES))
    # Best chances first: what cannot come up to the best is not looked for.
    for place in sorted(range(len(FAMILIES)), key=lambda place: -most[place]):
        if (most[place] + in_texts[place], -place) >= best:
            marks[place] = page.marks(FAMILIES[place])
            best = max(best, (marks[place], -place))
    rivals = [place for place in marks if (marks[place] + in_texts[place], -place) >= best]
    # Words and links are searched only where they can still decide: it takes longest.
    if rivals != [-best[1]]:
        for place in rivals:
            marks[place] += page.marks_in_texts(FAMILIES[place])
            marks[place] += FAMILIES[place].key == hint and marks[place] > 0
    leader = max(rivals, key=lambda place: (marks[place], -place), default=None)
    return None if leader is None or marks[leader] < _ENOUGH else FAMILIES[leader]


@dataclass(frozen=True)
class _Page:
    """A page whose family is looked for."""

    tree: HtmlElement
    names: Names
    url: str

    def most_marks(self, family: Family) -> int:
        """The most that the page's names allow for, and its address."""
        signs, hints = (most_matches(each, self.names) for each in (family.signs, family.hints))
        return _SIGN * signs + hints + self._is_address_of(family)

    def marks(self, family: Family) -> int:
        """What its elements and its address show."""
        signs, hints = (
            matches(self.tree, each, self.names) for each in (family.signs, family.hints)
        )
        return _SIGN * signs + hints + self._is_address_of(family)

    def marks_in_texts(self, family: Family) -> int:
        """What its words and the addresses that it links to show."""
        words = sum(pattern.search(self._text) is not None for pattern in family.words)
        return words + sum(pattern.search(self._addresses) is not None for pattern in family.links)

    def _is_address_of(self, family: Family) -> bool:
        return family.address is not None and family.address.search(self.url) is not None

    @cached_property
    def _text(self) -> str:
        return str(self.tree.text_content()).lower()

    @cached_property
    def _addresses(self) -> str:
        found = (*cast("list[str]", _sources(self.tree)), *cast("list[str]", _targets(self.tree)))
        return " ".join(found).lower()
