from __future__ import annotations

import re
import unicodedata
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import extractor
from monitor.errors import TopicError
from monitor.extractor.text import fold, sentences
from monitor.extractor.topic import score
from monitor.press.library import load_stories
from monitor.topics import load_topic

TOPIC = load_topic()
FILLER = "Bà con thu hoạch lúa sớm hơn năm ngoái một tuần. "
OTHER_NEWS = """
Trời rét đậm, trâu bò được lùa về chuồng từ chiều.
Xã phát 320 tấm bạt cho các hộ che chuồng, thêm ba tấn rơm.
Trạm thú y tiêm phòng xong đợt hai, đạt 94% tổng đàn.
Đường vào bản sạt một đoạn, máy xúc mở lại ngay trong đêm.
Chợ phiên vẫn họp, rau cải và gừng bán được giá.
Học sinh bán trú ăn cơm nóng tại trường, mỗi phòng một lò sưởi.
Chủ tịch xã nói sẽ không để hộ nào đứt bữa trước Tết.
Đảng viên ở các xóm nhận giúp nhà neo người chở củi.
Cây đào đá nụ muộn, khách đặt mua ít hơn mọi năm.
Hợp tác xã miến dong bán 40 tấn qua mạng.
""".strip()


def load_cases(name):
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


CASES = load_cases("topic_cases.yaml")
BODY_CASES = load_cases("topic_body_cases.yaml")
TOLD_BY_THE_BODY = [case for case in BODY_CASES if case["flagged"]]


def as_parameters(cases):
    known = pytest.mark.xfail(strict=True, reason="known to be judged wrongly")
    return [
        pytest.param(case, id=case["title"], marks=known if case.get("missed") else ())
        for case in cases
    ]


def scored(case):
    return score(case["title"], sapo=case.get("sapo"), body=case.get("body", ""), topic=TOPIC)


def label(title, **text):
    return score(title, topic=TOPIC, **text).label


def shipped() -> str:
    return (Path(extractor.__file__).parents[1] / "topics/dang-vien.yaml").read_text("utf-8")


@pytest.mark.parametrize("case", as_parameters(CASES + BODY_CASES))
def test_a_story_is_judged_as_a_reader_would(case):
    story = scored(case)
    assert story.is_flagged == case["flagged"], story.reasons


@pytest.mark.parametrize("story", [*chain(*load_stories())], ids=lambda story: story.id)
def test_each_story_of_the_simulated_press_is_flagged_as_its_truth_says(story):
    body = "\n\n".join(block.text for block in story.body)
    found = score(story.title, sapo=story.sapo, body=body, topic=TOPIC)
    assert found.is_flagged == (story.label != "none"), found.reasons


@pytest.mark.parametrize("case", as_parameters(TOLD_BY_THE_BODY))
def test_one_sentence_of_such_a_story_in_a_long_one_about_something_else_is_not_enough(case):
    counted = re.compile(r"kết nạp\D{0,20}\d")
    clauses = [
        sentence.text for sentence in sentences(case["body"]) if counted.search(sentence.text)
    ]
    for clause in clauses:
        body = f"{OTHER_NEWS}\n" * 2 + f"{clause}\n" + f"{OTHER_NEWS}\n" * 2
        assert label("Giữ ấm cho đàn gia súc", body=body) == "none"
    assert clauses or "kết nạp hai" in case["body"]


def test_the_nearer_a_body_comes_to_being_about_nothing_else_the_more_it_weighs():
    proof = "Năm nay xã kết nạp 9 đảng viên.\nSang năm, xã phấn đấu kết nạp 12 đảng viên.\n"
    values = [
        score("Chuyện ở xã", sapo="Trời rét.", body=proof + FILLER * times, topic=TOPIC).value
        for times in (1, 4, 6, 8, 30)
    ]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.5 > values[-1]


def test_a_number_of_people_is_no_life_story_though_a_year_follows():
    proof = "Chi bộ đã họp. Năm qua, xã kết nạp 12 quần chúng vào Đảng năm 2026."
    story = score("Chuyện ở xã", sapo="Trời rét.", body=proof, topic=TOPIC)
    assert "kết nạp N đảng viên" in {reason.term for reason in story.reasons}


def test_the_work_grows_with_the_text_and_not_faster():
    phrase = "được kết nạp vào Đảng năm 2026, chi bộ phấn đấu kết nạp từ 50 đảng viên trở lên, "
    story = score("Tin", body=phrase * 1_200, topic=TOPIC)
    # The quoted sentence is a piece of the line: what is compared at once is bounded.
    assert all(len(reason.sentence) <= 1_500 for reason in story.reasons)


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
        "KẾT NẠP ÐẢNG VIÊN MỚI",  # Icelandic eth for Đ
    ],
)
def test_case_unicode_form_spaces_quotes_and_a_lost_mark_do_not_matter(title):
    assert label(title) == "main"


def test_words_are_matched_whole():
    assert label("Cơ quan đào tạo nguồn") == "none"
    assert label("Nghiên cứu viên kết nạpđảng viên") == "none"


def test_flagged_stories_stand_above_all_others():
    values = {True: [], False: []}
    for case in CASES + BODY_CASES:
        story = scored(case)
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
        ("dense: 0.25", "dense: 0.1", "weighing.dense: must be above sparse"),
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
        topics=(TOPIC,),
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
        title="Đại hội Chi hội", sapo=None, body="Đảng bộ có 310 đảng viên.", topics=(TOPIC,)
    )
    assert reading.figures == ()


def test_the_original_paper_makes_a_merged_papers_province_exact():
    reading = extractor.read(
        title="Tin",
        sapo=None,
        body="Tin.",
        topics=(TOPIC,),
        source_province="Ninh Bình",
        original_source="Báo Nam Định",
    )
    assert reading.place.province_then == "Nam Định"
