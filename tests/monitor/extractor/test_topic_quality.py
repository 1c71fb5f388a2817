"""Floors measured on the corpora beside the project; they may rise and never silently fall."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from monitor.evaluation import JudgedLabel, evaluate_flags
from monitor.extractor.text import fold
from monitor.extractor.topic import score
from monitor.topics import load_topic

SHARED = Path(__file__).parents[4] / "shared"
TOPIC = load_topic()

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the corpora are not there"),
]


def records(name: str) -> list[dict]:
    lines = (SHARED / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def scored(record: dict):
    return score(record["title"], body=record["text"] or "", topic=TOPIC)


def judged(name: str) -> list[JudgedLabel]:
    return [
        JudgedLabel(id=record["id"], found=scored(record).label, gold=record["label"])
        for record in records(name)
    ]


def test_flags_agree_with_readers():
    result = evaluate_flags(judged("corpus/dev.jsonl"))
    assert result.recall == 1, result.wrong
    assert result.precision >= 0.94, result.wrong


def test_ordinary_news_raises_no_alarm():
    assert evaluate_flags(judged("corpus/negatives.jsonl")).fp == 0


def founding_articles():
    for article in json.loads((SHARED / "seeds/gold.json").read_text(encoding="utf-8")):
        page = (SHARED / "seeds" / article["file"]).read_text(encoding="utf-8")
        start = page.index(article["body_starts"])
        end = page.index(article["body_ends"]) + len(article["body_ends"])
        yield article["id"], article["title"], page[start:end]


def test_the_founding_articles_are_flagged():
    labels = {
        key: score(title, body=body, topic=TOPIC).label for key, title, body in founding_articles()
    }
    assert labels.pop("thuy-xuan") in {"main", "part"}
    assert set(labels.values()) == {"main"}


@pytest.mark.parametrize("name", ["corpus/dev.jsonl", "corpus/negatives.jsonl"])
def test_no_flagged_text_lacks_a_trigger_word(name):
    for record in records(name):
        text = " ".join(fold(f"{record['title']} {record['text'] or ''}").split())
        if not any(word in text for word in TOPIC.trigger_words):
            assert not scored(record).is_flagged


def test_trigger_words_leave_most_pages_uncleaned():
    texts = [fold(record["text"]) for record in records("corpus/negatives.jsonl") if record["text"]]
    held = [text for text in texts if any(word in text for word in TOPIC.trigger_words)]
    assert len(held) / len(texts) < 0.05


def scored_per_second(stories) -> float:
    started = time.process_time()
    for title, body in stories:
        score(title, body=body, topic=TOPIC)
    return len(stories) / (time.process_time() - started)


# The floors leave room for slower machines than the one they were measured on.


def test_ordinary_stories_are_scored_quickly():
    texts = [(r["title"], r["text"] or "") for r in records("corpus/negatives.jsonl")]
    stories = [(title, text) for title, text in texts if 1_800 < len(text) < 3_500]
    assert scored_per_second(stories) > 700  # 2,000 measured


def test_stories_of_the_topic_are_scored_quickly():
    stories = [(title, body[:2_500]) for _, title, body in founding_articles()]
    assert scored_per_second(stories * 10) > 250  # 650 measured


@pytest.mark.parametrize("phrase", ["kết nạp ", "được kết nạp vào Đảng năm 2026, ", "đảng viên "])
def test_a_page_in_one_line_is_scored_quickly(phrase):
    body = (phrase * 25_000)[:100_000]
    assert scored_per_second([("Tin", body)]) > 2  # 8 measured
