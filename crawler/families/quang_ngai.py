"""Báo Quảng Ngãi: the text's node may be empty, and a script holds the text."""

from __future__ import annotations

import re

from crawler.families.family import Family

QUANG_NGAI = Family(
    key="quang_ngai",
    hints=("h1.title", "p.sapo", "#content", "p.category a", ".same"),
    words=(re.compile(r"outputdata\s*=\s*[\"'`]|\(['\"]#content['\"]\)\.html\(\s*[\"'`]"),),
    address=re.compile(r"-\d+\.htm$"),
    title=("h1.title",),
    sapo=("p.sapo",),
    date=(".date", "p.category + .time", "time"),
    author=(".author",),
    category=("p.category a",),
    body=("#content",),
    drop=(".same, p.sapo, h1.title",),
    scripted=(
        re.compile(r"outputData\s*=\s*\"((?:[^\"\\]|\\.)*)\"", re.DOTALL),
        re.compile(r"\(['\"]#content['\"]\)\.html\(\s*`((?:[^`\\]|\\.)*)`", re.DOTALL),
        re.compile(r"\(['\"]#content['\"]\)\.html\(\s*\"((?:[^\"\\]|\\.)*)\"", re.DOTALL),
        re.compile(r"\(['\"]#content['\"]\)\.html\(\s*'((?:[^'\\]|\\.)*)'", re.DOTALL),
    ),
)
