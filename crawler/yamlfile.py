"""YAML files written by people: read with line numbers, faults told in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Keys = tuple[str | int, ...]
"""The way from the top of a document to a value: names of keys and numbers of elements."""


class YamlError(Exception):
    """A file is not YAML as we read it.

    Args:
        path: The file.
        line: 1-based, or None where the file as a whole is wrong.
        reason: What is wrong, in one line without a full stop.
    """

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True)
class YamlDocument:
    """What a file holds, and where."""

    path: Path
    data: Any
    """Mappings, lists, text, numbers, dates, booleans; None for an empty file."""
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)

    def line_of(self, keys: Keys) -> int | None:
        """1-based line of a key or element, of its nearest parent where it does not exist.

        None only for the top of an empty file.
        """
        names = tuple(keys)
        while names and names not in self.lines:
            names = names[:-1]
        return self.lines.get(names)


@dataclass(frozen=True)
class Fault:
    """The first mistake in a file whose YAML is sound."""

    line: int | None
    key: str
    """Dotted, such as ``sources[0].feeds[1].url``; empty for the file as a whole."""
    reason: str


class _Loader(yaml.SafeLoader):
    """The safe loader, with the line of values that look like a date but are none."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:
            reason = f"{node.value} is not a date or number that exists"
            raise yaml.constructor.ConstructorError(None, None, reason, node.start_mark) from error


_SHIPPED_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML may have been built without libyaml."""


def load_yaml(path: Path) -> YamlDocument:
    """Read one YAML document, UTF-8.

    Raises:
        YamlError: No such file, not UTF-8, not YAML, or a key given twice in one mapping.
    """
    text = _read_text(path)
    try:
        return _document(path, _Loader(text))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = f"holds a control character, U+{ord(text[error.position]):04X}"
        raise YamlError(path, line, reason) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(path, mark.line + 1 if mark else None, _sentence(error)) from error
    except RecursionError as error:
        raise YamlError(path, None, "is nested too deeply") from error


def load_shipped(text: str) -> Any:
    """What a YAML file holds that comes with the package.

    libyaml reads ten times quicker than Python does, but dies of endless nesting and tells
    mistakes in other words: it is not for what people write.
    """
    return yaml.load(text, Loader=_SHIPPED_LOADER)  # noqa: S506 - both are safe loaders


def _sentence(error: yaml.MarkedYAMLError) -> str:
    context, begun = error.context or "", error.context_mark
    if begun and error.problem_mark and begun.line < error.problem_mark.line:
        context += f" from line {begun.line + 1}"
    said = [part for part in (context, error.problem) if part]
    return " ".join(", ".join(said).split()) or "is not YAML"


def _document(path: Path, loader: _Loader) -> YamlDocument:
    node = loader.get_single_node()
    if node is None:
        return YamlDocument(path, None)
    lines = dict(_lines(path, node, (), ()))
    return YamlDocument(path, loader.construct_document(node), lines)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise YamlError(path, None, "there is no such file") from error
    except OSError as error:
        raise YamlError(path, None, f"cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise YamlError(path, line, "is not UTF-8; save the file as UTF-8") from error


def _lines(
    path: Path, node: yaml.Node, keys: Keys, above: tuple[yaml.Node, ...]
) -> Iterator[tuple[Keys, int]]:
    if node in above:
        raise YamlError(path, node.start_mark.line + 1, "an anchor holds itself")
    yield keys, node.start_mark.line + 1
    for name, named, child in _children(path, node):
        yield from _lines(path, child, (*keys, name), (*above, node))
        yield (*keys, name), named.start_mark.line + 1


def _children(path: Path, node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node, yaml.Node]]:
    """Name, the node that shows its line, and the value, of each child."""
    if isinstance(node, yaml.SequenceNode):
        for number, element in enumerate(node.value):
            yield number, element, element
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise YamlError(path, line, "a key must be one word")
            if key.value in seen:
                first = seen[key.value]
                raise YamlError(path, line, f"'{key.value}' stands here twice (line {first})")
            seen[key.value] = line
            yield key.value, key, value


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate a mistyped word most likely means, or None."""
    close = get_close_matches(word, tuple(candidates), n=1, cutoff=0.6)
    return close[0] if close else None


def dotted(keys: Keys) -> str:
    """``("sources", 0, "url")`` as ``sources[0].url``."""
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".")


def first_fault(error: ValidationError, document: YamlDocument, model: type[BaseModel]) -> Fault:
    """What to tell the writer of a file first.

    Unknown keys come before all others, since a mistyped key is also a missing one; then
    the order of lines decides. Values are not repeated, as they may be secrets.

    Args:
        error: From ``model.model_validate(document.data)``.
        document: The file.
        model: The top model, for the nearest known key.
    """
    faults = []
    for details in error.errors(include_url=False):
        keys = _place(details, document.data)
        reason = _reason(details, keys, model)
        is_known = details["type"] != "extra_forbidden"
        faults.append((is_known, Fault(document.line_of(keys), dotted(keys), reason)))
    return min(faults, key=lambda one: (one[0], one[1].line or 0))[1]


def _place(details: ErrorDetails, data: Any) -> Keys:
    """The error's location without the names pydantic adds for unions and validators."""
    keys: list[str | int] = []
    for part in details["loc"]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            continue
        keys.append(part)
    if details["type"] == "missing":
        keys.append(details["loc"][-1])
    return tuple(keys)


def _reason(details: ErrorDetails, keys: Keys, model: type[BaseModel]) -> str:
    kind = details["type"]
    if kind == "extra_forbidden":
        return _unknown_key(str(keys[-1]), _known_keys(model, keys[:-1]))
    if kind == "value_error":
        return str(details["ctx"]["error"])
    if details["input"] is None and kind != "missing":
        return "is empty"
    if kind in _REASONS:
        return _REASONS[kind]
    return details["msg"].replace("Input should", "must").replace("match pattern", "look like")


def _unknown_key(key: str, known: Sequence[str]) -> str:
    meant = nearest(key, known)
    if meant:
        return f"unknown key, did you mean '{meant}'?"
    return f"unknown key; known here: {', '.join(known)}" if known else "unknown key"


def _known_keys(model: type[BaseModel], keys: Keys) -> list[str]:
    models = [model]
    for key in keys:
        # A name that is no field is a free key of a mapping: its values' models are these.
        fields = [one.model_fields[key] for one in models if key in one.model_fields]
        models = [inner for one in fields for inner in _models(one.annotation)] or models
    return [one.alias or name for inner in models for name, one in inner.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


_REASONS = {
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "is empty",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "list_type": "must be a list, one element a line after '- '",
    "tuple_type": "must be a list, one element a line after '- '",
    "dict_type": "must be a group of 'key: value' lines",
    "model_type": "must be a group of 'key: value' lines",
    "model_attributes_type": "must be a group of 'key: value' lines",
    "date_type": "is not a day such as 2025-06-30",
    "date_parsing": "is not a day such as 2025-06-30",
    "date_from_datetime_parsing": "is not a day such as 2025-06-30",
    "date_from_datetime_inexact": "is not a day such as 2025-06-30",
}
