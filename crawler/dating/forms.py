"""The forms in which dates, times and zones are printed, as patterns over text without marks."""

from __future__ import annotations

import re
import unicodedata

from crawler.page.blocks import clean_text

# Day and month names are met with marks, without, and half of them: all are read without.
_BARE_LETTERS = {
    ord(letter): unicodedata.normalize("NFD", letter)[0]
    for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
} | str.maketrans("đĐ–—‑−／∕⁄：’´", "dD----///:''")

_WORD_MONTHS = {
    "muoi hai": 12, "muoi mot": 11, "muoi": 10, "mot": 1, "gieng": 1, "hai": 2, "ba": 3, "tu": 4,
    "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "chap": 12,
}  # fmt: skip
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WORDS = "|".join(_WORD_MONTHS)
_ENGLISH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _ENGLISH_MONTHS)
_DAY, _YEAR = r"(?<!\d)(?P<day>\d{1,2})", r"(?P<year>\d{4})(?!\d)"

# "9 tháng năm 2026" are nine months of that year: a month in words needs a comma or "năm".
_DATE_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_DAY}\s*(?P<separator>[/.-])\s*(?P<month>\d{{1,2}})\s*(?P=separator)\s*{_YEAR}",
        r"(?<!\d)(?P<year>\d{4})(?P<separator>[/.-])(?P<month>\d{1,2})(?P=separator)"
        r"(?P<day>\d{1,2})(?!\d)",
        rf"{_DAY}\s*[,.]?\s*thang\s*(?P<month>\d{{1,2}})\s*[,./-]?\s*(?:nam\s*)?{_YEAR}",
        rf"{_DAY}\s*[/.-]\s*(?P<month>\d{{1,2}})\s*,?\s*nam\s+{_YEAR}",
        rf"{_DAY}\s*,?\s*thang\s+(?P<month>{_WORDS})(?:\s*,\s*|\s+nam\s+){_YEAR}",
        rf"\bthang\s+(?P<month>\d{{1,2}}|{_WORDS})\s+(?P<day>\d{{1,2}})\s*,\s*{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?[\s-]+(?P<month>{_ENGLISH})\b\.?,?[\s-]+{_YEAR}",
        rf"\b(?P<month>{_ENGLISH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=$| \d)",
    )
)
CLOCK = re.compile(
    r"(?<![\d:.+])(?P<hour>\d{1,2})\s?(?::|h|g(?!mt)|gio)\s?(?P<minute>\d{2})(?!\d)"
    r"(?:\s?(?::|phut|')\s?(?P<second>\d{2})(?!\d))?(?:[.,]\d{1,9})?(?:\s?(?:'|phut))?"
    r"(?:\s?(?P<half>a\.?m|p\.?m|sa|ch)\b\.?)?"
    r"|(?<![\d:.+])(?P<hour_alone>\d{1,2})\s?(?:h|gio)(?!\w)",
    re.ASCII,
)
ZONE = re.compile(
    r"\s*[\[(]*\s*(?:gmt|utc)(?:\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?"
    r"|\s?(?P<bare_sign>[+-])(?P<bare_hours>\d{2})(?::?(?P<bare_minutes>\d{2})(?!\d)|\s*$)"
    r"|(?P<zulu>z)\b",
    re.ASCII,
)


def bare(raw: str) -> str:
    """Lower case, one line, without marks; the ISO format's T is a space."""
    text = clean_text(raw).translate(_BARE_LETTERS).lower()
    return re.sub(r"(?<=\d)t(?=\d)", " ", text)


def date_spans(text: str) -> list[re.Match[str]]:
    """Dates in the order of the text; where two forms overlap, the one that begins first."""
    if re.search(r"\d{4}", text, re.ASCII) is None:
        return []
    found = [match for form in _DATE_FORMS for match in form.finditer(text)]
    spans: list[re.Match[str]] = []
    for match in sorted(found, key=lambda match: match.start()):
        if not spans or match.start() >= spans[-1].end():
            spans.append(match)
    return spans


def blanked(text: str, spans: list[re.Match[str]]) -> str:
    """The text with spaces in the place of its dates."""
    for span in spans:
        text = text[: span.start()] + " " * len(span[0]) + text[span.end() :]
    return text


def month_of(span: re.Match[str]) -> int:
    """Number of a date's month."""
    text = span["month"]
    if text.isdigit():
        return int(text)
    if text in _WORD_MONTHS:
        return _WORD_MONTHS[text]
    return [name[:3] for name in _ENGLISH_MONTHS].index(text[:3]) + 1
