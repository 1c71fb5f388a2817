"""One key for every way the name of a place is spelled."""

from __future__ import annotations

import re

from crawler.fold import fold
from monitor.extractor.text import without_marks

_ONE_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_HIGHLAND = re.compile(r"\b(?:đak|đăk|đac|dăk|dak|đăc)(?=[^aăâeêioôơuưy]|\b)")
_FINAL_C = re.compile(r"c\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_USUAL = {
    "mùcangchải": "mùcăngchải",
    "buônmêthuột": "buônmathuột",
    "ximakai": "simakai",
    "pleycu": "pleiku",
    "phanrang": "phanrangthápchàm",
}
"""Keys of names the press writes otherwise than the state does."""
_NOT_IN_KEY = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """What two spellings of one name have in common, its tones kept.

    Tone placement (Hoà, Hòa), i and y (Lý, Lí), Đăk, Đắk and Đắc, hyphens, apostrophes and spaces
    (A-yun, Ayun; Ea H'leo, Ea Hleo), numbers with a nought or in Roman letters (Phường 05, IV).
    """
    folded = _FINAL_C.sub("k", _HIGHLAND.sub("đắk", fold(name)))
    words = folded.split()
    if len(words) == 1:
        folded = _ROMAN.get(folded.strip(), folded.strip())
        folded = folded.lstrip("0") if folded.isdigit() else folded
    key = _NOT_IN_KEY.sub("", folded).translate(_ONE_I)
    return _USUAL.get(key, key)


def plain_key(name: str) -> str:
    """The same for people who type no marks."""
    return without_marks(name_key(name))
