from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import extractor
from monitor.errors import TopicError
from monitor.extractor.phrases import Line, Matcher, PhraseError, parse_phrase
from monitor.extractor.text import fold
from monitor.extractor.topic import score
from monitor.topics import load_topic

TOPIC = load_topic()
CASES = yaml.safe_load(Path(__file__).with_name("topic_cases.yaml").read_text(encoding="utf-8"))
FILLER = "Bà con thu hoạch lúa sớm hơn năm ngoái một tuần. "


def label(title, **text):
    return score(title, topic=TOPIC, **text).label


def shipped() -> str:
    return (Path(extractor.__file__).parents[1] / "topics/dang-vien.yaml").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_story_is_judged_as_a_reader_would(case):
    story = score(case["title"], sapo=case.get("sapo"), body=case.get("body", ""), topic=TOPIC)
    assert story.is_flagged == case["flagged"], story.reasons


def test_a_title_alone_is_enough():
    assert label("Huyện Ba Vì phát triển đảng viên ở vùng khó") == "main"


def test_the_same_words_weigh_less_further_down():
    words = "Chi bộ tổ chức lễ kết nạp đảng viên."
    title, sapo, body = (
        score(words, topic=TOPIC),
        score("Tin trong tuần", sapo=words, topic=TOPIC),
        score("Tin trong tuần", sapo="Trời mưa.", body=FILLER * 3 + words, topic=TOPIC),
    )
    assert title.value > sapo.value > body.value


def test_without_a_sapo_the_first_sentences_of_the_body_count_as_the_lead():
    lead = "Chi bộ tổ chức lễ kết nạp đảng viên."
    first = score("Tin trong tuần", body=lead + "\n" + FILLER * 3, topic=TOPIC)
    last = score("Tin trong tuần", body=FILLER * 3 + "\n" + lead, topic=TOPIC)
    assert first.value > last.value
    assert first.reasons[0].where == "body"


def test_one_mention_in_the_body_is_not_enough():
    assert label("Được mùa", body=FILLER * 4 + "Xã đã kết nạp đảng viên. " + FILLER) == "none"


def test_a_small_share_of_a_long_body_is_not_enough():
    proof = (
        "Về công tác phát triển đảng viên, xã kết nạp 9 đảng viên, "
        "mở lớp bồi dưỡng nhận thức về Đảng. "
    )
    assert label("Được mùa", body=FILLER * 10 + proof + FILLER * 10) == "part"
    assert label("Được mùa", body=FILLER * 90 + proof + FILLER * 90) == "none"


def test_a_veto_is_told_as_a_negative_reason():
    story = score("Thu hồi quyết định kết nạp Đảng của trưởng phòng", topic=TOPIC)
    assert not story.is_flagged
    assert story.reasons[0].term == "kỷ luật, sai phạm"
    assert story.reasons[0].weight < 0


def test_reasons_quote_the_sentence_as_printed():
    composed = "Bản tin. Kết nạp 12 đảng viên mới tại huyện uỷ."
    printed = unicodedata.normalize("NFD", composed)
    story = score(printed, topic=TOPIC)
    assert story.reasons[0].sentence == unicodedata.normalize("NFD", composed[9:])
    weights = [abs(reason.weight) for reason in story.reasons]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    "title",
    [
        "KẾT NẠP ĐẢNG VIÊN MỚI",
        unicodedata.normalize("NFD", "Kết nạp đảng viên mới"),
        "Kết\u00a0nạp  đảng viên mới",
        "Kết nạp “đảng viên” mới",
        "Kết nap đảng viên mới",
    ],
)
def test_case_unicode_form_spaces_quotes_and_a_lost_mark_do_not_matter(title):
    assert label(title) == "main"


def test_words_are_matched_whole():
    assert label("Cơ quan đào tạo nguồn") == "none"
    assert label("Nghiên cứu viên kết nạpđảng viên") == "none"


def test_flagged_stories_stand_above_all_others():
    values = {True: [], False: []}
    for case in CASES:
        story = score(case["title"], sapo=case.get("sapo"), body=case.get("body", ""), topic=TOPIC)
        values[story.is_flagged].append(story.value)
    assert min(values[True]) >= 0.5 > max(values[False])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["kết", "nạp", "đảng", "viên", "mới", "phát triển", "tạo nguồn", "12", "vào", "ưu tú"]
        ),
        max_size=14,
    )
)
def test_a_text_without_a_trigger_word_is_never_flagged(words):
    text = " ".join(words)
    if not any(trigger in fold(text) for trigger in TOPIC.trigger_words):
        assert not score(text, sapo=text, body=text, topic=TOPIC).is_flagged
    assert 0 <= score(text, body=text, topic=TOPIC).value <= 1


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("kết nạp [vào] đảng", "kết nạp đảng"),
        ("kết nạp [vào] đảng", "kết nạp vào đảng"),
        ("(xã|phường mới) họp", "phường mới họp"),
        ("kết nạp N đảng viên", "kết nạp 9.550 đảng viên"),
        ("kết nạp N đảng viên", "kết nạp mười đảng viên"),
        ("kết nạp ~2 đảng viên", "kết nạp thêm hai đảng viên"),
        ("kết nạp hạt giống", 'kết nạp "hạt giống" ấy'),
    ],
)
def test_a_phrase_reads_what_its_notation_says(phrase, text):
    assert Matcher([parse_phrase(phrase)]).matches(Line(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("kết nạp ~2 đảng viên", "kết nạp thêm được hai đảng viên"),
        ("kết nạp ~2 đảng viên", "kết nạp đoàn; đảng viên"),
        ("kết nạp N đảng viên", "kết nạp năm đảng viên"),
        ("tạo nguồn", "đào tạo nguồng"),
    ],
)
def test_a_phrase_reads_no_more(phrase, text):
    assert not Matcher([parse_phrase(phrase)]).matches(Line(text))


@pytest.mark.parametrize("phrase", ["", "(xã", "xã)", "~3 xã", "xã [mới]", "xã ~x mới", "(|xã)"])
def test_a_broken_phrase_is_refused(phrase):
    with pytest.raises(PhraseError):
        parse_phrase(phrase)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight: 5.5", "weigth: 5.5", "terms[0].weigth: unknown key, did you mean 'weight'?"),
        ("weight: 5.5", "weight: -1", "terms[0].weight"),
        (
            "- phát triển [mới|được|thêm|đội ngũ] đảng viên",
            "- nuôi cá",
            "none of the trigger_words",
        ),
        ("- phát triển [mới|được|thêm|đội ngũ] đảng viên", "- (đảng viên", "closing ')'"),
        ("name: tạo nguồn\n", "name: đảng viên mới\n", "is the name of another rule"),
        ("name: Phát triển đảng viên", "name: [", ""),
    ],
)
def test_a_broken_topic_file_names_file_line_and_key(tmp_path, old, new, said):
    file = tmp_path / "mine.yaml"
    file.write_text(shipped().replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TopicError, match=rf"mine\.yaml:\d+: .*{re.escape(said)}"):
        load_topic("mine.yaml", beside=tmp_path)


def test_a_topic_is_named_or_given_by_its_path(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(shipped(), encoding="utf-8")
    assert load_topic(str(file)).name == load_topic("dang-vien").name
    with pytest.raises(TopicError, match="did you mean 'dang-vien'"):
        load_topic("dang-vein")
    with pytest.raises(TopicError, match="no such file"):
        load_topic("missing.yaml", beside=tmp_path)


def test_reading_an_article_gives_score_figures_and_place():
    reading = extractor.read(
        title="Xã Tân Sơn phát triển đảng viên",
        sapo="Năm 2022, Đảng bộ xã Tân Sơn kết nạp 12 đảng viên.",
        body="Đảng bộ xã có 310 đảng viên.",
        topic=TOPIC,
        original_source="Báo Hà Nam",
    )
    text = extractor.article_text(
        "Năm 2022, Đảng bộ xã Tân Sơn kết nạp 12 đảng viên.", "Đảng bộ xã có 310 đảng viên."
    )
    assert reading.score.label == "main"
    assert (reading.place.province, reading.place.unit) == ("Ninh Bình", "xã Tân Sơn")
    assert 12 in {figure.value for figure in reading.figures}
    assert all(text[figure.start : figure.end] == figure.evidence for figure in reading.figures)


def test_a_story_of_another_topic_gives_no_figures():
    reading = extractor.read(
        title="Đại hội Chi hội", sapo=None, body="Đảng bộ có 310 đảng viên.", topic=TOPIC
    )
    assert reading.figures == ()


def test_the_original_paper_makes_a_merged_papers_province_exact():
    reading = extractor.read(
        title="Tin",
        sapo=None,
        body="Tin.",
        topic=TOPIC,
        source_province="Ninh Bình",
        original_source="Báo Nam Định",
    )
    assert reading.place.province_then == "Nam Định"
