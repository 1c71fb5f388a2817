"""A watch of the press: seeds and a configuration, written into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.press.press import Press
    from monitor.press.site import Site

NATIONAL = "toan-quoc"
"""Name of the seeds file for sources without a province."""

CONFIG = """\
# A watch of the simulated press on this machine.
database: data/diembao.db
seeds: seeds
outbox: outbox
crawl:
  allow_loopback: true
  delay: 0.02s
"""


def write_watch(folder: Path, press: Press, *, config: str = CONFIG) -> Path:
    """Write ``config.yaml`` and ``seeds/*.yaml`` for a watch of the press.

    Args:
        folder: Where; it is made if need be.
        press: The sites to watch; their ports stand in the seeds.
        config: Text of the configuration.

    Returns:
        Path of ``config.yaml``.

    Raises:
        OSError: The folder cannot be written.
    """
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for name, document in _documents(press).items():
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
        (seeds / f"{name}.yaml").write_text(text, encoding="utf-8")
    path = folder / "config.yaml"
    path.write_text(config, encoding="utf-8")
    return path


def _documents(press: Press) -> dict[str, dict[str, Any]]:
    documents: dict[str, dict[str, Any]] = {}
    for site in press.sites.values():
        profile = site.profile
        name = f"{profile.code}-{profile.key}" if profile.province else NATIONAL
        document = documents.setdefault(name, _province(site))
        document["sources"].append(_source(site))
    return documents


def _province(site: Site) -> dict[str, Any]:
    profile = site.profile
    facts: dict[str, Any] = {
        "province": profile.province,
        "code": profile.code,
        "formed_on": profile.formed_on,
        "formed_from": list(profile.formed_from),
    }
    return {**_without_blanks(facts), "sources": []}


def _source(site: Site) -> dict[str, Any]:
    profile = site.profile
    return _without_blanks(
        {
            "key": profile.key,
            "name": profile.name,
            "kind": profile.kind,
            "home": f"{site.base_url}/",
            "certainty": "checked",
            "family": profile.family,
            "article_url": profile.article_url,
            "place": profile.place,
            "feeds": _entries(site, [feed.path for feed in profile.feeds if feed.registered]),
            "sitemaps": _entries(site, [profile.sitemap.index] if profile.sitemap else []),
            "listings": _entries(site, profile.listings),
            "delay": "0.02s",
        }
    )


def _entries(site: Site, paths: Any) -> list[dict[str, str]]:
    return [{"url": site.base_url + path, "certainty": "checked"} for path in paths]


def _without_blanks(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value not in (None, [])}
