"""Where a story is about: its province and unit as written, and what they are today."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.mentions import Mention, find_units, names_at, units_of_tier
from monitor.extractor.gazetteer.province_points import choose_province, province_points
from monitor.extractor.gazetteer.resolving import Setting, resolve, setting_of
from monitor.extractor.gazetteer.table import BEFORE, TODAY, Tier, Unit, table
from monitor.extractor.text import fold
from monitor.items import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_LEAD_CHARACTERS = 400
_DATELINE_END = re.compile(r"\s?:\s|\s[–-]\s")
_OFTEN = 2
"""Mentions that make a unit of the body alone the story's."""

_SEVERAL = re.compile(r"\b(?:các|những)\b")
"""In the name of no single organisation: Đảng bộ các phường, xã Minh Khai, Tiên Tân."""
_OWN = re.compile(
    r"(?:đảng bộ |đảng ủy |toàn )?(?P<kind>tỉnh(?: ủy)?|xã|phường|thị trấn|huyện|quận)"
)

_Units = tuple[Unit, ...]


@dataclass(frozen=True)
class Found:
    """The place of a story, and where the organisations in it are."""

    place: Place
    setting: Setting
    known: Mapping[tuple[str, str], _Units] = field(repr=False)
    """Tier and key of each name the text uses to the units it means by it."""

    def code_of(self, organisation: str) -> str | None:
        """Code of the unit or province in an organisation's name; None where it has none.

        Args:
            organisation: As a figure names it: ``Đảng bộ xã Yên Ninh``.
        """
        if _SEVERAL.search(organisation):
            return None
        mention = next(find_units(unicodedata.normalize("NFC", organisation)), None)
        if mention is not None:
            units = self.known.get(mention.key) or resolve(mention, self.setting)
            return units[0].code if len(units) == 1 else None
        name = choose_province(province_points(organisation, ""), None)
        if name is None:
            return self._code_of_own(organisation)
        return _province_code(name, self.setting.published_on)

    def _code_of_own(self, organisation: str) -> str | None:
        """``Đảng bộ phường`` without a name is the story's own, ``Tỉnh ủy`` its province's."""
        own = _OWN.fullmatch(fold(organisation))
        if own is None:
            return None
        if own["kind"].startswith("tỉnh"):
            return _province_code(self.place.province_then, self.setting.published_on)
        unit = table().units.get(self.place.code or "")
        return unit.code if unit is not None and own["kind"] in unit.kinds else None


def find_place(
    *,
    title: str,
    body: str,
    source_province: str | None,
    source_place: str | None,
    published_on: date | None,
) -> Found:
    """Place a story.

    The source's own province stands, made exact by the text (Hà Nam within today's Ninh
    Bình), unless title or lead call another one by its kind and the text never names the
    source's. A national source leaves it to the text.

    The unit is, in this order: named in the title; named in the text with its kind and in the
    title without; at the head of the title (``Đầm Hà: …``); the one the source speaks for;
    the first in the lead; one the text names twice.

    Args:
        title: As printed.
        body: Sapo and body.
        source_province: Name of the source's province, old or new; None for a national one.
        source_place: The unit a small portal speaks for, as written.
        published_on: Day of publication in Vietnam; without it ``province_then`` is the
            name that text or source use.
    """
    is_in_capitals, title = title.isupper(), _readable_title(title)
    body = unicodedata.normalize("NFC", body)
    in_title = tuple(_units_in(title, published_on, known_only=is_in_capitals))
    in_body = tuple(_units_in(body, published_on))
    source = provinces.canonical(source_province) if source_province else None
    home = choose_province(province_points(title, body), source)
    mentions = (*in_title, *in_body)
    setting = setting_of(mentions, home=home, source=source, published_on=published_on)
    known = _told_apart(mentions, setting)
    main = (
        next(iter(in_title), None)
        or _echoed(title, in_body)
        or _dateline(title, setting)
        or _spoken_for(source_place)
        or _told_of(in_body)
    )
    place = _place(main, source_place, setting=setting, known=known)
    return Found(place, setting, known)


def place_of(
    *,
    title: str,
    body: str,
    source_province: str | None,
    source_place: str | None,
    published_on: date | None,
) -> Place:
    """The place alone, for the same arguments as ``find_place``."""
    return find_place(
        title=title,
        body=body,
        source_province=source_province,
        source_place=source_place,
        published_on=published_on,
    ).place


def _readable_title(title: str) -> str:
    """A title in capitals, in the case its names would have in a sentence."""
    composed = unicodedata.normalize("NFC", title)
    return composed.title() if composed.isupper() else composed


def _units_in(
    text: str, published_on: date | None, *, known_only: bool = False
) -> Iterable[Mention]:
    """Units in a text, without the city of Huế where that is the province."""
    is_province = published_on is None or published_on >= provinces.HUE_RENAMED_ON
    for mention in find_units(text, known_only=known_only):
        if not (is_province and mention.kind == "thành phố" and mention.name == "Huế"):
            yield mention


def _told_apart(mentions: Sequence[Mention], setting: Setting) -> dict[tuple[str, str], _Units]:
    """What each name means; where one mention of it can be told apart, all mean the same."""
    told: dict[tuple[str, str], _Units] = {}
    for mention in mentions:
        units = resolve(mention, setting)
        before = told.get(mention.key)
        if before is None or (len(units) == 1 and len(before) != 1):
            told[mention.key] = units
        elif len(units) == len(before) == 1 and units != before:
            told[mention.key] = (*before, *units)
    return told


def _echoed(title: str, in_body: Iterable[Mention]) -> Mention | None:
    """The unit that the text names with its kind, and the title without."""
    named = [one for one in in_body if _stands_in(one.name, title)]
    return _most_frequent(named)


def _dateline(title: str, setting: Setting) -> Mention | None:
    """The unit at the head of a title: ``Đầm Hà: Phát triển Đảng trong thanh niên``."""
    for name, end in names_at(title, 0):
        if not _DATELINE_END.match(title, end) or provinces.canonical(name):
            continue
        for kind, tier in _KINDS_OF_HEADS if setting.is_of_before else _KINDS_OF_HEADS[1:]:
            units = units_of_tier(name, tier)
            mention = Mention(kind, kind, name, 0, end, units)
            found = resolve(mention, setting)
            if len(found) == 1:
                unit = found[0]
                return Mention(unit.kind, unit.kind, name, 0, end, found)
    return None


_KINDS_OF_HEADS: tuple[tuple[str, Tier], ...] = (("huyện", "district"), ("xã", "commune"))


def _spoken_for(source_place: str | None) -> Mention | None:
    return next(find_units(source_place), None) if source_place else None


def _told_of(in_body: Sequence[Mention]) -> Mention | None:
    if in_body and in_body[0].start < _LEAD_CHARACTERS:
        return in_body[0]
    return _most_frequent(in_body, at_least=_OFTEN)


def _most_frequent(mentions: Iterable[Mention], *, at_least: int = 1) -> Mention | None:
    first: dict[str, Mention] = {}
    count: Counter[str] = Counter()
    for mention in mentions:
        first.setdefault(mention.written, mention)
        count[mention.written] += 1
    best = count.most_common(1)
    return first[best[0][0]] if best and best[0][1] >= at_least else None


def _place(
    main: Mention | None,
    source_place: str | None,
    *,
    setting: Setting,
    known: Mapping[tuple[str, str], _Units],
) -> Place:
    units = (known.get(main.key) or resolve(main, setting)) if main else ()
    unit = units[0] if len(units) == 1 else None
    day = setting.published_on
    name = _province_of(unit, setting)
    named = tuple(one[0].code for one in known.values() if len(one) == 1)
    district = table().district_of(unit, day) if unit else None
    return Place(
        province=provinces.today(name) if name else None,
        province_then=(provinces.then(name, day) if day else name) if name else None,
        unit=main.written if main else source_place,
        district=district.title_on(day) if district else None,
        today=tuple(one.title for one in table().today(unit)) if unit else (),
        candidates=tuple(map(_addressed, units)) if len(units) > 1 else (),
        code=unit.code if unit else _province_code(name, day),
        named=named,
    )


def _province_of(unit: Unit | None, setting: Setting) -> str | None:
    """The story's province by its exact name; where its unit lies, if an address says so."""
    if unit is None:
        return setting.home
    own = table().province_of(unit).name
    is_away = setting.home is None or provinces.today(setting.home) != provinces.today(own)
    is_exact = unit.era == BEFORE and setting.is_of_before
    return own if is_away or is_exact else setting.home


def _addressed(unit: Unit) -> str:
    """``xã Hợp Thành, huyện Cao Lộc, Lạng Sơn``: enough to tell it from its namesakes."""
    district = table().district_of(unit)
    wider = (district, table().province_of(unit))
    return ", ".join((unit.title, *(one.title for one in wider if one is not None)))


def _province_code(name: str | None, day: date | None) -> str | None:
    """Code of a province: of today since the mergers, and of before where today none has it."""
    if name is None:
        return None
    is_of_before = day is not None and day < provinces.MERGED_ON
    known = {unit.era: unit for unit in table().named(name) if unit.tier == "province"}
    unit = known.get(BEFORE if is_of_before else TODAY) or next(iter(known.values()), None)
    return unit.code if unit else None


def _stands_in(name: str, title: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE))
