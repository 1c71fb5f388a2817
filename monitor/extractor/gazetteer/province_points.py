"""Which province a text is about, by how often, where and how it names it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.cities import PROVINCE_OF_CITY
from monitor.extractor.text import without_marks

_LEAD_CHARACTERS = 400
_BARE, _NAMED = 1, 3
"""Points of a province's name alone, and of one called a province: tỉnh Hà Nam."""
_IN_TITLE, _IN_LEAD, _IN_BODY = 3, 2, 1
_ENOUGH = 2
"""Points below which a lone mention in the body places nothing."""

_CALLED_ELSEWHERE = 6
"""Points from which title or lead call a province by its kind: enough to leave the source's."""

_OTHER_KIND = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|đường|phố|thôn|xóm|bản|ấp|làng|khu|quận|huyện"
    r"|cô|chị|anh|ông|bà|em|chú|bác|đồng chí"
    r"|sông|cầu|chùa|hồ|núi|trường|chợ|dòng|Nguyễn|Trần|Lê|Phạm|Văn|Thị|Thái|Châu)\s$",
    re.IGNORECASE,
)
"""What before a province's name makes it something else: phường Thái Bình, Thái Bình Dương."""
_LONGEST_KIND = len("thị trấn ") + 1
_NEVER_BARE = frozenset({"TP. Hồ Chí Minh"})
"""Also a person's name, on every second page. Cities share theirs with communes."""


def _key(name: str) -> str:
    return " ".join(without_marks(name).split())


_CITIES = {_key(city): city for city in PROVINCE_OF_CITY}


def _spelling(name: str) -> str:
    """A pattern for a name: either tone placement, hyphens and spaces as they come."""
    spaced = re.escape(name).replace(r"\ \-\ ", r"\s?[-–]\s?").replace(r"\ ", r"\s")
    for early, late in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ")):
        spaced = spaced.replace(early, f"(?:{early}|{late})")
    return spaced


_NAMES = sorted(
    {
        *provinces.NAMES,
        *PROVINCE_OF_CITY,
        *("Thừa Thiên - Huế", "Hồ Chí Minh", "HCM", "Đắk Lăk", "Đăk Lăk", "Đắc Lắc", "Đăk Nông"),
    }
    - {"TP. Hồ Chí Minh"},
    key=len,
    reverse=True,
)
_COMMITTEE = r"(?:ủy|uỷ)"
_MENTION = re.compile(
    rf"(?<!\w)(?P<called>(?:[Tt]ỉnh(?:\s{_COMMITTEE})?|[Tt]hành\s(?:phố|{_COMMITTEE})|[Tt]hị\sxã"
    r"|T[PX]\.?|Báo)\s*)?"
    rf"(?P<name>{'|'.join(map(_spelling, _NAMES))})(?!\w|\sDương)"
)


def province_named_in(source: str | None) -> str | None:
    """The province in a paper's name: Báo Thái Nguyên, baothainguyen.vn; None without one."""
    if not source:
        return None
    named = _most(province_points("", unicodedata.normalize("NFC", source)), at_least=_ENOUGH)
    if named:
        return named
    letters = re.sub(r"[^a-z]", "", without_marks(source))
    names = (name for name in provinces.NAMES if len(name) > len("Huế"))
    return next((name for name in names if _letters(name) in letters), None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", without_marks(name).removeprefix("tp. "))


def province_points(title: str, body: str) -> Counter[str]:
    """Points of each province, by its name as the text uses it; both texts NFC."""
    points: Counter[str] = Counter()
    for match in _MENTION.finditer(title):
        _count(points, match, _IN_TITLE)
    for match in _MENTION.finditer(body):
        _count(points, match, _IN_LEAD if match.start() < _LEAD_CHARACTERS else _IN_BODY)
    return points


def _count(points: Counter[str], match: re.Match[str], factor: int) -> None:
    city = _CITIES.get(_key(match["name"]))
    name = PROVINCE_OF_CITY[city] if city else provinces.canonical(match["name"])
    if name is None:
        return
    if match["called"]:
        points[name] += factor * _NAMED
    elif not city and name not in _NEVER_BARE and not _is_part_of_another_name(match):
        points[name] += factor * _BARE


def _is_part_of_another_name(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _LONGEST_KIND) : match.start()]
    return _OTHER_KIND.search(before) is not None


def choose_province(points: Counter[str], home: str | None) -> str | None:
    """The province of a text, by its exact name; None where nothing tells.

    Args:
        points: As ``province_points`` counts them.
        home: The source's province, in its usual spelling; None for a national source.
    """
    if home is None:
        return _most(points, at_least=_ENOUGH)
    here = Counter({n: p for n, p in points.items() if provinces.today(n) == provinces.today(home)})
    if not here:
        return _most(points, at_least=_CALLED_ELSEWHERE) or home
    is_exact = home not in provinces.READING_ORDER
    return home if is_exact else _most(here, at_least=_ENOUGH) or home


def _most(points: Counter[str], *, at_least: int) -> str | None:
    best = points.most_common(1)
    return best[0][0] if best and best[0][1] >= at_least else None
