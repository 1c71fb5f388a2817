"""Topics as files: what to look for, read and compiled once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from crawler.yamlfile import YamlError, dotted, first_fault, load_yaml, nearest
from monitor.errors import TopicError
from monitor.extractor.terms.calibration import Calibration, Curve
from monitor.extractor.terms.matching import Matcher
from monitor.extractor.terms.phrases import Phrase, parse_phrase
from monitor.extractor.terms.rules import Proof, Term, Topic, Veto, Weighing
from monitor.extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.yamlfile import Keys, YamlDocument

__all__ = ["Topic", "load_topic", "load_topics"]

_SHIPPED = Path(__file__).parent
_SHORTEST_TYPO = 4
"""Words a phrase needs before wrong tone marks are forgiven; shorter ones meet by chance:
"đảng viên mời" (members invite) is no "đảng viên mới" (new members)."""


def _checked_phrase(text: str) -> str:
    parse_phrase(text)
    return text


_PhraseText = Annotated[str, Field(min_length=1), AfterValidator(_checked_phrase)]
_Name = Annotated[str, Field(min_length=1)]
_Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Rule(_Section):
    name: _Name
    phrases: list[_PhraseText] = Field(min_length=1)


class _TermSection(_Rule):
    weight: float = Field(gt=0)
    proof: Proof
    figurative: bool = False


class _VetoSection(_Rule):
    weight: float = Field(lt=0)
    voids: bool
    whole_story: bool = False


class _WeighingSection(_Section):
    sapo: _Share
    lone_sapo: _Share
    body: _Share
    echo: _Share
    echoes_at_most: float = Field(ge=0)
    part: float = Field(gt=0)
    main: float = Field(gt=0)
    head: float = Field(gt=0)
    share: _Share
    sparse: _Share
    dense: _Share
    own: _Share

    @field_validator("dense")
    @classmethod
    def _is_above_sparse(cls, dense: float, info: ValidationInfo) -> float:
        if dense <= info.data.get("sparse", 0.0):
            raise ValueError("must be above sparse")
        return dense


class _CurveSection(_Section):
    at_border: float = Field(gt=0, lt=1, default=0.5)
    per_point: float = Field(ge=0, default=0.67)

    def curve(self) -> Curve:
        return Curve(at_border=self.at_border, per_point=self.per_point)


class _CalibrationSection(_Section):
    flagged: _CurveSection = _CurveSection()
    left_out: _CurveSection = _CurveSection()


class _CalledSection(_Section):
    vi: _Name
    en: _Name


class _TopicFile(_Section):
    name: _Name
    called: _CalledSection | None = None
    figures: bool = True
    trigger_words: list[_Name] = Field(min_length=1)
    weighing: _WeighingSection
    calibration: _CalibrationSection = _CalibrationSection()
    terms: list[_TermSection] = Field(min_length=1)
    idioms: list[_PhraseText] = []
    asides: list[_PhraseText] = []
    context: list[_PhraseText] = []
    other_fields: list[_PhraseText] = []
    vetoes: list[_VetoSection] = []


def load_topic(name: str = "dang-vien", *, beside: Path | None = None) -> Topic:
    """Read a topic file and compile it.

    Args:
        name: A topic shipped with diembao, or the path of a topic file.
        beside: The folder a relative path starts from; the current one where None.

    Raises:
        TopicError: Names the file, the line and the key of the first mistake.
    """
    path = topic_path(name, beside or Path())
    document = _read(path)
    try:
        file = _TopicFile.model_validate(document.data)
    except ValidationError as error:
        fault = first_fault(error, document, _TopicFile)
        raise _error(path, fault.line, fault.key, fault.reason) from error
    _check_names(file, document)
    _check_triggers(file, document)
    return _compile(file, key=path.stem)


def load_topics(names: Iterable[str], *, beside: Path | None = None) -> tuple[Topic, ...]:
    """Read several topic files, in the order given; else as ``load_topic``."""
    return tuple(load_topic(name, beside=beside) for name in names)


def topic_path(name: str, folder: Path) -> Path:
    """The file of a topic.

    Args:
        name: Of one that is shipped, or a path.
        folder: Where relative paths begin.

    Raises:
        TopicError: No such topic; the nearest is suggested.
    """
    shipped = {path.stem: path for path in sorted(_SHIPPED.glob("*.yaml"))}
    if name in shipped:
        return shipped[name]
    path = folder / name
    if path.suffix or path.exists():
        return path
    meant = nearest(name, shipped)
    hint = f"did you mean '{meant}'?" if meant else f"shipped is {', '.join(shipped)}"
    raise TopicError(f"no topic '{name}'; {hint} (a topic of your own is named by its path)")


def _read(path: Path) -> YamlDocument:
    try:
        return load_yaml(path)
    except YamlError as error:
        raise _error(path, error.line, "", error.reason) from error


def _error(path: Path, line: int | None, key: str, reason: str) -> TopicError:
    where = f"{path}:{line}" if line is not None else str(path)
    return TopicError(f"{where}: {key}: {reason}" if key else f"{where}: {reason}")


def _check_names(file: _TopicFile, document: YamlDocument) -> None:
    """A rule counts once by its name: two of one name would hide each other."""
    seen: set[str] = set()
    sections: tuple[tuple[str, Sequence[_Rule]], ...] = (
        ("terms", file.terms),
        ("vetoes", file.vetoes),
    )
    for section, rules in sections:
        for number, rule in enumerate(rules):
            if rule.name in seen:
                keys: Keys = (section, number, "name")
                reason = f"'{rule.name}' is the name of another rule"
                raise _error(document.path, document.line_of(keys), dotted(keys), reason)
            seen.add(rule.name)


def _check_triggers(file: _TopicFile, document: YamlDocument) -> None:
    """Every reading of every term must hold a trigger word: triage then loses no story."""
    triggers: dict[str, list[tuple[str, ...]]] = {}
    for trigger in file.trigger_words:
        words = tuple(fold(trigger).split())
        triggers.setdefault(next(iter(words), ""), []).append(words)
    for number, term in enumerate(file.terms):
        for place, text in enumerate(term.phrases):
            reading = _reading_without(triggers, parse_phrase(text))
            if reading is not None:
                keys: Keys = ("terms", number, "phrases", place)
                reason = f"'{reading}' holds none of the trigger_words"
                raise _error(document.path, document.line_of(keys), dotted(keys), reason)


def _reading_without(
    triggers: Mapping[str, Sequence[tuple[str, ...]]], phrase: Phrase
) -> str | None:
    """The first reading without a trigger word, these being given by their first words."""
    for words in phrase.readings():
        holds_one = any(
            words[start : start + len(trigger)] == trigger
            for start, word in enumerate(words)
            for trigger in triggers.get(word or "", ())
        )
        if not holds_one:
            return " ".join(word or "…" for word in words)
    return None


def _compile(file: _TopicFile, *, key: str) -> Topic:
    words = tuple(" ".join(fold(word).split()) for word in file.trigger_words)
    terms = [(phrase, _term(rule)) for rule in file.terms for phrase in _parsed(rule.phrases)]
    vetoes = [(phrase, _veto(rule)) for rule in file.vetoes for phrase in _parsed(rule.phrases)]
    long = [(phrase, term) for phrase, term in terms if phrase.shortest >= _SHORTEST_TYPO]
    return Topic(
        key=key,
        name=file.name,
        called=_called(file),
        has_figures=file.figures,
        trigger_words=words,
        terms=Matcher(terms),
        toneless_terms=Matcher(long, is_toneless=True),
        vetoes=Matcher(vetoes),
        idioms=_unowned(file.idioms),
        asides=_unowned(file.asides),
        context=_unowned(file.context),
        other_fields=_unowned(file.other_fields),
        weighing=Weighing(**file.weighing.model_dump()),
        calibration=Calibration(
            flagged=file.calibration.flagged.curve(),
            left_out=file.calibration.left_out.curve(),
        ),
        triggers=re.compile("|".join(map(re.escape, words))),
    )


def _called(file: _TopicFile) -> dict[str, str]:
    if file.called is not None:
        return file.called.model_dump()
    within_a_sentence = file.name[:1].lower() + file.name[1:]
    return {"vi": within_a_sentence, "en": within_a_sentence}


def _parsed(phrases: Iterable[str]) -> Iterator[Phrase]:
    return map(parse_phrase, phrases)


def _unowned(phrases: Iterable[str]) -> Matcher[None]:
    return Matcher((phrase, None) for phrase in _parsed(phrases))


def _term(section: _TermSection) -> Term:
    return Term(
        name=section.name,
        weight=section.weight,
        proof=section.proof,
        is_figurative=section.figurative,
    )


def _veto(section: _VetoSection) -> Veto:
    return Veto(
        name=section.name,
        weight=section.weight,
        voids=section.voids,
        is_about_all=section.whole_story,
    )
