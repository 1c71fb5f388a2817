"""What the press publishes in a month: stories, edits, reprints, withdrawals, all drawn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.press.items import Block, Profile, Story

Deed = Literal["publish", "edit", "withdraw"]

TOPIC_PER_DAY = 0.9
OTHERS_PER_DAY = 1.1
"""Of one site, in the mean: enough for every digest to have stories, few enough to be quick."""

_HOURS = (*(0,) * 5, 2, 6, 9, 9, 8, 7, 5, 3, 5, 8, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_HOUR = timedelta(hours=1)

_SYLLABLES = (
    *("An", "Ba", "Bình", "Cát", "Chung", "Diên", "Dương", "Đông", "Gia", "Giang", "Hải", "Hạnh"),
    *("Hiền", "Hoa", "Hồng", "Hương", "Khánh", "Kiên", "Lâm", "Lan", "Lệ", "Liên", "Long", "Lộc"),
    *("Minh", "Mộc", "Mỹ", "Nghĩa", "Ngọc", "Nhân", "Nhật", "Phong", "Phúc", "Quang", "Quế", "Sơn"),
    *("Tâm", "Tân", "Thái", "Thanh", "Thạch", "Thịnh", "Thọ", "Thuận", "Tiên", "Trà", "Trí", "Vân"),
)
_FIRMS = (
    "Công ty Dệt",
    "Công ty Gốm",
    "Bệnh viện",
    "Trường Cao đẳng",
    "Công ty Chè",
    "Công ty Điện",
)
_WHO = ("anh thợ", "cô giáo", "cụ", "đội trưởng", "chủ quán", "bác", "kỹ sư")
_DEEDS = (
    "dựng lại chiếc cầu gỗ bắc qua con suối phía sau xóm",
    "mang giống ngô mới về trồng thử trên nương",
    "góp tiền lợp mái nhà văn hóa trước mùa mưa",
    "mở lớp dạy đan lát vào các tối trong tuần",
    "sửa đoạn mương bị sạt để nước về kịp vụ",
    "gom sách cũ lập một tủ đọc cho trẻ nhỏ",
    "chuyển đàn dê sang sườn đồi có nhiều cỏ",
    "học cách bán mật ong qua mạng",
    "dọn sạch bến sông sau đợt lũ",
    "vẽ lại bức tường trường học bằng màu tươi",
    "đào thêm ao trữ nước cho mùa khô",
    "làm đường ống dẫn nước sạch từ khe núi",
    "chăm vườn cam theo cách ít thuốc hơn",
    "tập hát cho ngày hội sắp tới",
    "đi từng nhà vận động giữ rừng đầu nguồn",
    "nhận đỡ đầu mấy đứa trẻ mồ côi",
)
_TIMES = (
    *("sáng sớm", "giữa trưa", "cuối chiều", "đêm rằm"),
    *("đầu tháng", "sau vụ gặt", "dịp nghỉ lễ", "mấy tuần nay"),
)
_THOUGHTS = (
    "Ai cũng bảo việc nhỏ mà làm đều thì thành việc lớn",
    "Trời mấy hôm rồi lúc nắng lúc mưa nhưng công việc không dừng",
    "Chuyện tiền nong được ghi công khai trên tấm bảng ở đầu ngõ",
    "Người đi xa gọi điện về hỏi thăm và gửi thêm ít quà",
    "Mùi cơm mới lẫn mùi khói bếp bay khắp con đường",
    "Lũ trẻ chạy theo sau cười vang cả một quãng đồi",
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that a newsroom does at a moment."""

    at: datetime
    deed: Deed
    story: Story
    group: str
    """Id of the story that this one is, or is a reprint of."""

    @property
    def is_of_topic(self) -> bool:
        """Whether it is to be told."""
        return self.story.label != "none"


def month(profiles: Sequence[Profile], *, begins: datetime, days: float, seed: int) -> list[Event]:
    """All that is published, edited and withdrawn, in order; some of it the day before.

    Args:
        profiles: The sites.
        begins: Local midnight, aware.
        days: How long.
        seed: The same gives the same.
    """
    draw = random.Random(f"news {seed}")
    events = [event for profile in profiles for event in _openings(profile, draw, begins)]
    for profile in profiles:
        for kind, per_day in (("topic", TOPIC_PER_DAY), ("other", OTHERS_PER_DAY)):
            for number, at in enumerate(_moments(draw, begins, days, per_day)):
                key = f"{profile.key}-{kind}-{number}"
                if kind == "topic":
                    story = _topic_story(key, profile, draw, at=at)
                else:
                    story = _other_story(key, profile, draw)
                events += _life(story, profiles, draw, at=at)
    return sorted(events, key=lambda event: event.at)


def _openings(profile: Profile, draw: random.Random, begins: datetime) -> Iterable[Event]:
    """So that no site is empty when it is first seen, and each page has another to lead to."""
    for number in range(2):
        story = _other_story(f"{profile.key}-first-{number}", profile, draw)
        at = begins - timedelta(days=1, hours=number)
        yield Event(at=at, deed="publish", story=story, group=story.id)


def _moments(
    draw: random.Random, begins: datetime, days: float, per_day: float
) -> Iterable[datetime]:
    for day in range(-1, -(-int(days * 24) // 24)):
        count = int(per_day) + (draw.random() < per_day % 1) + draw.choice((-1, 0, 0, 1))
        for hour in draw.choices(range(24), _HOURS, k=max(count, 0)):
            at = begins + timedelta(days=day, hours=hour, minutes=draw.randrange(60))
            if at < begins + timedelta(days=days):
                yield at


def _life(
    story: Story, profiles: Sequence[Profile], draw: random.Random, *, at: datetime
) -> Iterable[Event]:
    """Its publication, and what becomes of it."""
    group = story.id
    yield Event(at=at, deed="publish", story=story, group=group)
    fate = draw.random()
    if fate < 0.08:
        later = at + draw.uniform(2, 40) * _HOUR
        yield Event(at=later, deed="edit", story=_edited(story, draw), group=group)
    elif fate < 0.11:
        later = at + draw.uniform(1, 60) * _HOUR
        yield Event(at=later, deed="withdraw", story=story, group=group)
    elif fate < 0.20 and story.label != "none":
        other = draw.choice([one for one in profiles if one.key != story.site])
        paper = next(one.brand for one in profiles if one.key == story.site)
        reprint = replace(
            story,
            id=f"{story.id}-in-lai",
            site=other.key,
            section=_section(other),
            reprint_of=paper,
        )
        yield Event(
            at=at + draw.uniform(0.5, 30) * _HOUR, deed="publish", story=reprint, group=group
        )


def _topic_story(key: str, profile: Profile, draw: random.Random, *, at: datetime) -> Story:
    # A number, so that no name happens to be a place in another province.
    firm = f"{draw.choice(_FIRMS)} {draw.choice(_SYLLABLES)} {draw.randrange(100, 1000)}"
    admitted, total = draw.randrange(3, 60), draw.randrange(80, 900)
    organisation = f"Đảng bộ {firm}"
    told = (
        f"Từ đầu năm {at.year} đến nay, {organisation} đã kết nạp {admitted} đảng viên mới, "
        f"nâng tổng số đảng viên của Đảng bộ lên {total} đồng chí."
    )
    more = f"{organisation} mở lớp bồi dưỡng nhận thức về Đảng cho quần chúng ưu tú {_name(draw)}."
    return Story(
        id=key,
        site=profile.key,
        section=_section(profile),
        title=f"{organisation} kết nạp {admitted} đảng viên mới",
        sapo=f"{organisation} chú trọng phát triển đảng viên, việc được bàn ở {_hamlet(draw)}.",
        body=_blocks(told, *_filler(draw, 2), more, *_filler(draw, 3)),
        author=_name(draw),
        label="main",
    )


def _other_story(key: str, profile: Profile, draw: random.Random) -> Story:
    section = draw.choice(list(profile.sections))
    return Story(
        id=key,
        site=profile.key,
        section=section,
        title=f"Chuyện {_hamlet(draw)} của {_name(draw)}: {draw.choice(_DEEDS)}",
        sapo=_sentence(draw),
        body=_blocks(*_filler(draw, 5)),
        author=_name(draw),
    )


def _edited(story: Story, draw: random.Random) -> Story:
    """The same story with another number in it, or with one more paragraph."""
    first, *rest = story.body
    changed = first.text.replace("nâng tổng số đảng viên", "đưa tổng số đảng viên")
    added = Block(kind="text", text=_sentence(draw))
    return replace(story, body=(replace(first, text=changed), *rest, added))


def _section(profile: Profile) -> str:
    """Where every way to the site shows it."""
    return "xay-dung-dang" if "xay-dung-dang" in profile.sections else "dia-phuong"


def _blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(kind="text", text=text) for text in texts)


def _filler(draw: random.Random, number: int) -> list[str]:
    return [" ".join(_sentence(draw) for _ in range(3)) for _ in range(number)]


def _sentence(draw: random.Random) -> str:
    place, when = _hamlet(draw), draw.choice(_TIMES)
    deed, other = draw.sample(_DEEDS, 2)
    forms = (
        f"Ở {place}, {when}, {draw.choice(_WHO)} {_name(draw)} cùng {draw.randrange(3, 90)} người "
        f"{deed}.",
        f"{draw.choice(_THOUGHTS)}, {draw.choice(_WHO)} {_name(draw)} nói khi {other}.",
        f"Hơn {draw.randrange(4, 70)} hộ ở {place} {deed}, rồi {when} lại {other}.",
    )
    return draw.choice(forms)


def _hamlet(draw: random.Random) -> str:
    return f"xóm {draw.randrange(2, 40)} {draw.choice(_SYLLABLES)}"


def _name(draw: random.Random) -> str:
    return " ".join(draw.sample(_SYLLABLES, 2))
