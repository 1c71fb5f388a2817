from __future__ import annotations

import pytest

from monitor.extractor.terms.matching import Line, Matcher, without_tones
from monitor.extractor.terms.phrases import PhraseError, parse_phrase


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
        ("chi bộ (tốt|mẫu) ~3 nhà máy", 'chi bộ "tốt" ở nhà máy'),
        ("N đảng viên", "đón hai mươi, 21 đảng viên"),
        ("(họp|,) kết nạp", "sáng nay họp kết nạp"),
    ],
)
def test_a_phrase_reads_what_its_notation_says(phrase, text):
    assert Matcher([(parse_phrase(phrase), None)]).matches(Line(text))


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
    assert not Matcher([(parse_phrase(phrase), None)]).matches(Line(text))


def test_every_place_of_a_phrase_is_found_and_whose_it_is():
    phrases = {"xã": "kết nạp ~2 đảng viên", "huyện": "đảng viên mới"}
    matcher = Matcher([(parse_phrase(text), owner) for owner, text in phrases.items()])
    line = Line("kết nạp đảng viên, rồi kết nạp hai đảng viên mới")
    assert sorted(matcher.find(line)) == [("huyện", 35, 48), ("xã", 0, 17), ("xã", 23, 44)]


def test_text_loses_its_tones_character_for_character():
    text = "ngưỡng cửa đảng ủy, thuở ấy: 12 kỳ"
    assert without_tones(text) == "nguong cua đang uy, thuo ay: 12 ky"


@pytest.mark.parametrize("phrase", ["", "(xã", "xã)", "~3 xã", "xã [mới]", "xã ~x mới", "(|xã)"])
def test_a_broken_phrase_is_refused(phrase):
    with pytest.raises(PhraseError):
        parse_phrase(phrase)
