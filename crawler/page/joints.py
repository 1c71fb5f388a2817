"""Whether pieces of text that touch where an inline element begins or ends are one word or two."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS_LAST = re.compile(r"[^\W\d_]+$")
_LETTERS_FIRST = re.compile(r"[^\W\d_]+")
# Of a Vietnamese syllable without its marks; each is a word of its own in writing.
_SYLLABLE = re.compile(
    r"(?:ngh?|nh?|gh|gi?|kh?|ch?|ph?|th|tr|t|qu|[bdhlmrsvx])?"
    r"(?:oai|oao|oay|oeo|uai|uao|uay|uou|uoi|uye|uya|uyu|ueu|ieu|yeu|uy|ua|ue|ui|uo|uu|oa|oe|oi|oo"
    r"|ai|ao|au|ay|eo|eu|ia|ie|iu|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_OTHER_MARKS = frozenset("\u0302\u0306\u031b")
_CLOSING = frozenset(",;:!?…)]”»")
_OPENING = frozenset("([“«")
_BETWEEN_FACTS = frozenset("•·|")
_WHOLE_FACT = re.compile(r"(?:\d[:h]\d\d|[/.-]\d{4})$")


def is_gap(before: str, after: str, *, between_elements: bool, between_links: bool = False) -> bool:
    """Whether a space belongs between two pieces that have none.

    ``phát tri<b>ể</b>n`` is one word, ``<span>Tin</span><span>mới</span>`` are two: a style
    sheet sets them apart. Two syllables that make none together are two words everywhere;
    what else tells words apart counts between one element and the next only.

    Args:
        before: Not empty, without white space at its end.
        after: Not empty, without white space at its start.
        between_elements: One element ends and another begins there, neither raised nor lowered.
        between_links: One link ends and another begins there.
    """
    last, first = before[-1], after[0]
    if last.isalpha() and first.isalpha():
        is_gap = _are_two_words(before, after, between_elements=between_elements)
        return is_gap or (between_links and not _makes_one_word(before, after))
    if not between_elements or unicodedata.combining(first):
        return between_links
    if last in _BETWEEN_FACTS or first in _BETWEEN_FACTS:
        return True
    if last.isalpha() and first.isdigit():
        return _is_word(_letters_at_end(before))
    if last.isdigit() and first.isalpha():
        word = _letters_at_start(after)
        return first.isupper() and _is_word(word)
    if last.isdigit() and first.isdigit():
        return _WHOLE_FACT.search(before) is not None
    if last == ".":
        return first.isupper()
    return (last in _CLOSING and first.isalpha()) or (first in _OPENING and last.isalnum())


def _are_two_words(before: str, after: str, *, between_elements: bool) -> bool:
    if _makes_one_word(before, after):
        return False
    left, right = _letters_at_end(before), _letters_at_start(after)
    if _is_syllable(left) and _is_syllable(right):
        return True
    return between_elements and left[-1].islower() and right[0].isupper()


def _makes_one_word(before: str, after: str) -> bool:
    whole = _letters_at_end(before) + _letters_at_start(after)
    is_cased_as_one = whole.islower() or whole.isupper() or whole[1:].islower()
    return is_cased_as_one and _is_syllable(whole)


def _letters_at_end(text: str) -> str:
    match = _LETTERS_LAST.search(text)
    return match[0] if match else ""


def _letters_at_start(text: str) -> str:
    match = _LETTERS_FIRST.match(text)
    return match[0] if match else ""


def _is_word(letters: str) -> bool:
    """A syllable of a text; ``m``, ``A`` and ``CO`` belong to the number beside them."""
    return len(letters) > 1 and not letters.isupper() and _is_syllable(letters)


@lru_cache(maxsize=4096)
def _is_syllable(letters: str) -> bool:
    marked = unicodedata.normalize("NFD", letters.lower().replace("đ", "d"))
    bare = "".join(one for one in marked if one not in _TONES and one not in _OTHER_MARKS)
    tones = sum(one in _TONES for one in marked)
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None
