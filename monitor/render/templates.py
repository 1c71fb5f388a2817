"""The templates of letters, filled strictly: a name that a template misspells is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.render.plain import wrap

_TEMPLATES = Environment(
    loader=PackageLoader("monitor", "templates"),
    autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    extensions=("jinja2.ext.loopcontrols",),
)
_TEMPLATES.filters["wrap"] = wrap


def filled(template: str, **values: object) -> str:
    """A template with its names filled; those that end in ``.html.j2`` escape what they take in."""
    return _TEMPLATES.get_template(template).render(values)
