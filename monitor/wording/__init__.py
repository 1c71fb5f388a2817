"""The words readers meet, one YAML file a language, with dates and numbers in their form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

from crawler.yamlfile import load_shipped
from monitor.items import Language

__all__ = ["Language", "Phrase", "Wording", "load_wording"]

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

Phrase = str | Mapping[str, str]
"""A pattern with ``{fields}``, or one pattern a CLDR plural form, chosen by ``count``."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One language's phrases."""

    language: Language
    phrases: Mapping[str, Phrase]
    """By dotted key, such as ``digest.header``."""

    def __contains__(self, key: str) -> bool:
        return key in self.phrases

    def say(self, key: str, **fields: str | int) -> str:
        """A phrase with its fields filled.

        Args:
            key: Dotted, as in the language's file.
            **fields: Integers are written in the reader's form; where the phrase has
                plural forms, ``count`` chooses among them.

        Raises:
            KeyError: No such phrase, or one of its fields is missing.
        """
        phrase = self.phrases[key]
        if not isinstance(phrase, str):
            phrase = phrase.get(self._plural_form(fields["count"]), phrase["other"])
        return phrase.format_map({name: self._written(value) for name, value in fields.items()})

    def number(self, value: float) -> str:
        """``9.550`` or ``9,550``; a fraction to at most three places."""
        return format_decimal(value, format="#,##0.###", locale=self.language)

    def day(self, day: date) -> str:
        """A date in digits."""
        return self._date(day, "format.day")

    def day_in_words(self, day: date) -> str:
        """A date with its day of the week."""
        return self._date(day, "format.day_in_words")

    def day_and_month(self, day: date) -> str:
        """A date in short, within a year that is known."""
        return self._date(day, "format.day_and_month")

    def month(self, day: date) -> str:
        """The month of a date, with its year."""
        return self._date(day, "format.month")

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """An instant as date and time of day in the reader's zone."""
        return format_datetime(at, self.say("format.moment"), tzinfo=zone, locale=self.language)

    def duration(self, duration: timedelta) -> str:
        """About how long, in one unit: ``4 phút``."""
        rounded = max(duration, timedelta(seconds=1))
        return format_timedelta(rounded, threshold=1.5, locale=self.language)

    def _date(self, day: date, pattern: str) -> str:
        return format_date(day, self.say(pattern), locale=self.language)

    def _plural_form(self, count: str | int) -> str:
        return Locale(self.language).plural_form(int(count))

    def _written(self, value: str | int) -> str:
        return self.number(value) if isinstance(value, int) else value


def load_wording(language: Language) -> Wording:
    """Read a language's phrases from the package."""
    document = files(__package__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return Wording(language=language, phrases=dict(_flattened(load_shipped(document))))


def _flattened(node: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Phrase]]:
    for name, value in node.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            yield key, str(value)
        elif _holds_plural_forms(value):
            yield key, value
        else:
            yield from _flattened(value, f"{key}.")


def _holds_plural_forms(node: Mapping[str, object]) -> bool:
    """The one mapping named ``other`` that is no plural is told apart by its siblings."""
    return "other" in node and node.keys() <= {"zero", "one", "two", "few", "many", "other"}
