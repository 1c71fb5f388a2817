"""Another topic is another file, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor import extractor
from monitor.topics import load_topic

if TYPE_CHECKING:
    from pathlib import Path

BADGES = """
name: Huy hiệu Đảng
trigger_words: [huy hiệu, tuổi đảng]
weighing:
  {sapo: 0.7, lone_sapo: 0.97, body: 0.25, echo: 0.06, echoes_at_most: 2.5, part: 4, main: 5,
   head: 2.4, share: 0.03, sparse: 0.1, dense: 0.25, own: 0.5}
terms:
  - {name: huy hiệu Đảng, weight: 6, proof: strong, phrases: [huy hiệu ~4 đảng]}
  - {name: trao cho N người, weight: 5, proof: count, phrases: [huy hiệu ~6 N đảng viên]}
  - {name: tuổi Đảng, weight: 2.5, proof: weak, phrases: [N năm tuổi đảng]}
vetoes:
  - {name: thu hồi, weight: -6, voids: true, phrases: [thu hồi]}
"""


@pytest.mark.parametrize(
    ("title", "body", "label"),
    [
        ("Trao Huy hiệu Đảng cho 40 đảng viên phường Lê Lợi", "", "main"),
        ("Phường Lê Lợi gặp mặt", "Phường trao Huy hiệu 50 năm tuổi Đảng cho 3 đảng viên.", "main"),
        ("Thu hồi Huy hiệu Đảng", "", "none"),
        ("Kết nạp 12 đảng viên mới", "Chi bộ tổ chức lễ kết nạp.", "none"),
    ],
)
def test_a_second_topic_is_read_from_its_file_alone(
    tmp_path: Path, title: str, body: str, label: str
) -> None:
    (tmp_path / "huy-hieu.yaml").write_text(BADGES, encoding="utf-8")
    topic = load_topic("huy-hieu.yaml", beside=tmp_path)
    reading = extractor.read(title=title, sapo=None, body=body, topics=(topic,))
    assert reading.score.label == label, reading.score
