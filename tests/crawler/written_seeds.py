"""Seed files as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import SeedError
from crawler.sources import load_sources

GIA_LAI = r"""
province: Gia Lai
code: "52"
formed_on: 2025-07-01
formed_from: [Gia Lai, Bình Định]
sources:
  - key: bao-gia-lai
    name: Báo Gia Lai
    kind: paper
    home: https://gialai.example/
    certainty: seen
    family: zce
    article_url: '-post\d+\.html$'
    interval: 30m
    delay: 2s
    feeds:
      - {url: https://gialai.example/rss/home.rss, certainty: inferred, note: never tried}
    sitemaps:
      - {url: "https://gialai.example/{year}-{month:02d}.xml", certainty: seen}
    listings:
      - {url: https://gialai.example/chinh-tri, certainty: checked}
    predecessors:
      - {name: Báo Bình Định, host: binhdinh.example, province: Bình Định, until: 2025-06-30}
"""


HA_NAM = """
province: Ninh Bình
code: "37"
sources:
  - key: bao-ha-nam
    name: Báo Hà Nam
    kind: paper
    home: https://hanam.example/
    certainty: seen
    succeeded_by: bao-gia-lai
    until: 2025-06-30
    watched: false
"""


NATIONAL = """
sources:
  - key: ca-nuoc
    name: Cả nước
    kind: aggregator
    home: https://canuoc.example/
    certainty: seen
    feeds:
      - {url: https://canuoc.example/rss, certainty: seen}
"""

JSON_PAPER = """
sources:
  - key: bao-json
    name: Báo JSON
    kind: paper
    home: https://json.example/
    certainty: seen
    json_lists:
      - url: https://api.json.example/tin?page=1
        certainty: seen
        items: data.list
        address: https://json.example/tin/{category.slug}/{slug}
      - {url: https://json.example/tin.json, certainty: checked}
    listings:
      - {url: https://json.example/tin, certainty: seen}
"""


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path) -> SeedError:
    with pytest.raises(SeedError) as caught:
        load_sources(folder)
    return caught.value
