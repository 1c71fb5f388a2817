"""Digests to render: a full day, an empty one, one with failures, one of any length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.digest import decide
from monitor.editions import bounds_of, period_of, weeks_up_to
from monitor.extractor.gazetteer.provinces import READING_ORDER
from monitor.items import (
    Checked,
    Copy,
    Correction,
    Digest,
    Edition,
    Figure,
    Metric,
    Place,
    Reason,
    Score,
    Story,
    Trend,
    TrendRow,
    Trouble,
)

DAY = date(2026, 11, 21)
YEAR = "năm 2026"
TOPICS = {"dang-vien": "phát triển đảng viên"}
TOPICS_IN_ENGLISH = {"dang-vien": "party membership development"}
UNTIL = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)
ALL_WELL = Checked(
    sources=118, reached=118, provinces=34, provinces_reached=34, pages=412, flagged=9
)
TROUBLES = (
    Trouble(
        source="Báo và Phát thanh, truyền hình Đồng Tháp",
        kind="status",
        detail="HTTP 503",
        since=datetime(2026, 11, 19, 3, 10, tzinfo=UTC),
        last_success_at=datetime(2026, 11, 19, 2, 40, tzinfo=UTC),
    ),
    Trouble(
        source="Trang tin Đảng bộ tỉnh Cà Mau",
        kind="dns",
        detail="Name or service not known",
        since=datetime(2026, 10, 2, 1, 0, tzinfo=UTC),
        last_success_at=None,
    ),
    Trouble(
        source="Báo Lạng Sơn",
        kind="challenge",
        detail="cookie script",
        since=datetime(2026, 11, 20, 17, 45, tzinfo=UTC),
        last_success_at=datetime(2026, 11, 20, 17, 15, tzinfo=UTC),
    ),
)


def figure(metric: Metric, value: float, **more: object) -> Figure:
    """A figure with unit ``đảng viên`` unless told otherwise."""
    fields: dict[str, object] = {"unit": "đảng viên", "evidence": "", "start": 0, "end": 0}
    return Figure(metric=metric, value=value, **(fields | more))  # type: ignore[arg-type]  # any field


def story(number: int = 1, **more: object) -> Story:
    """A flagged story of Gia Lai unless told otherwise."""
    province = more.pop("province", "Gia Lai")
    term = more.pop("term", "kết nạp đảng viên")
    value = more.pop("value", 0.9)
    reasons = (
        Reason(term=str(term), weight=5, where="title", sentence="Câu trong tiêu đề."),
        Reason(term="quần chúng ưu tú", weight=3, where="body", sentence="Câu trong bài."),
    )
    fields: dict[str, object] = {
        "article_id": number,
        "url": f"https://baogialai.example/chuyen-{number}.html",
        "title": f"Đảng bộ phường Thống Nhất chăm lo nguồn kết nạp, chuyện thứ {number}",
        "paper": "Báo Gia Lai",
        "published_at": datetime(2026, 11, 20, 1, 15, tzinfo=UTC),
        "has_time": True,
        "found_at": datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
        "sentence": "Từ đầu năm đến nay, toàn Đảng bộ đã kết nạp được 31 đảng viên mới.",
        "score": Score(
            label=more.pop("label", "main"),  # type: ignore[arg-type]  # a label
            value=float(str(value)),
            reasons=reasons,
        ),
        "place": Place(province=province, province_then=province),  # type: ignore[arg-type]  # text
    }
    return Story(**(fields | more))  # type: ignore[arg-type]  # any field


def copies(count: int = 2, *, paper: str = "Báo Phú Thọ") -> tuple[Copy, ...]:
    """So many papers that print a story too, the first of them the original."""
    return tuple(
        Copy(
            article_id=900 + number,
            paper=f"{paper} {number}",
            url=f"https://to{number}.example/tin.html?a=1&b={number}",
            published_at=UNTIL,
            is_original=number == 1,
        )
        for number in range(1, count + 1)
    )


def correction(
    *, title: str = "Làng mộc tìm nguồn", paper: str = "Báo Phú Thọ", **more: object
) -> Correction:
    """A commune admitted 24 and not 23."""
    fields: dict[str, object] = {"org": "Đảng bộ xã Lâm Thao", "period": "Mười tháng qua"}
    before, after = (figure("admitted", value, **(fields | more)) for value in (23, 24))
    return Correction(
        article_id=41,
        url="https://bao.example/lang-moc.html",
        title=title,
        paper=paper,
        found_at=UNTIL,
        before=before,
        after=after,
    )


def digest(
    *stories: Story, checked: Checked = ALL_WELL, corrections: tuple[Correction, ...] = ()
) -> Digest:
    """A recorded digest of the day, in the order a real one has."""
    decided = decide(
        stories,
        day=DAY,
        since_at=SINCE,
        until_at=UNTIL,
        checked=checked,
        corrections=corrections,
    )
    return replace(decided, id=7, topics=TOPICS)


def in_english(decided: Digest) -> Digest:
    """The same for a reader of English."""
    subscription = replace(decided.subscription, language="en")
    return replace(decided, subscription=subscription, topics=TOPICS_IN_ENGLISH)


def empty_day() -> Digest:
    """Nothing found, everything looked at."""
    return digest(checked=replace(ALL_WELL, flagged=0))


def day_with_failures() -> Digest:
    """Nothing found, and three sources did not answer."""
    reached = replace(ALL_WELL, reached=115, provinces_reached=33, flagged=1, too_old=1)
    return digest(checked=replace(reached, troubles=TROUBLES))


def week(provinces: int = 6, **changes: object) -> Digest:
    """The full day as a week's review, with twelve weeks of so many provinces."""
    return _review("weekly", date(2026, 11, 23), weeks=12, provinces=provinces, **changes)


def month(provinces: int = 34, **changes: object) -> Digest:
    """The same as a month's review, with half a year."""
    return _review("monthly", date(2026, 12, 1), weeks=26, provinces=provinces, **changes)


def trend(last_day: date, *, weeks: int, provinces: int, **changes: object) -> Trend:
    """Stories and admissions that differ by province and week, some weeks without any."""
    mondays = weeks_up_to(last_day, weeks)
    rows = tuple(
        TrendRow(
            province=name if rank else None,
            week=monday,
            stories=(rank * 3 + number * 5) % 7,
            admitted=float((rank * 31 + number * 17) % 90) if number % 3 else 0.0,
        )
        for number, monday in enumerate(mondays)
        for rank, name in enumerate(("", *READING_ORDER[: provinces - 1]))
    )
    return replace(Trend(weeks=mondays, rows=rows, last_day=last_day), **changes)  # type: ignore[arg-type]  # any field


def _review(
    edition: Edition, day: date, *, weeks: int, provinces: int, **changes: object
) -> Digest:
    period = period_of(day, edition)
    since_at, until_at = bounds_of(period, ZoneInfo("Asia/Ho_Chi_Minh"))
    return replace(
        full_day(),
        day=day,
        edition=edition,
        period=period,
        since_at=since_at,
        until_at=until_at,
        trend=trend(period.last, weeks=weeks, provinces=provinces, **changes),
    )


def long_day(count: int) -> Digest:
    """So many stories, each with a quotation and six figures, in nine provinces."""
    places = [f"Tỉnh {letter}" for letter in "ABCDEFGHI"]
    return digest(
        *(
            story(
                number,
                province=places[number % 9],
                value=1 - number / 10_000,
                figures=tuple(
                    figure("admitted", 30 + count, org=f"Đảng bộ xã {number}-{count}", period=YEAR)
                    for count in range(6)
                ),
            )
            for number in range(count)
        )
    )


def full_day() -> Digest:
    """Nine stories of six provinces with all a story can hold."""
    return digest(*_gia_lai(), *_elsewhere(), checked=replace(ALL_WELL, troubles=TROUBLES))


def _gia_lai() -> tuple[Story, ...]:
    ward = "Đảng bộ phường Thống Nhất"
    term = "giai đoạn 2021-2025"
    return (
        story(
            1,
            title="Phường Thống Nhất vượt chỉ tiêu phát triển đảng viên",
            place=Place(province="Gia Lai", province_then="Gia Lai", unit="phường Thống Nhất"),
            figures=(
                figure("admitted", 31, org=ward, period=term),
                figure("target", 20, org=ward, period=term, qualifier="at_least"),
                figure("members_total", 9550, org=ward, qualifier="over", period="đến nay"),
                figure("cells", 13, org=ward, unit="chi bộ"),
                figure("target", 8, value_max=9, org="Chi bộ Trường THPT", basis="per_year"),
                figure("share", 2.5, unit="%", org=None, qualifier="nearly"),
            ),
        ),
        story(
            2,
            title='"Hạt giống đỏ" ở làng <biên giới> & chuyện người giữ lửa',
            sentence="Đến nay, xã có 12/12 làng có chi bộ với gần 240 đảng viên là người Jrai.",
            term="hạt giống đỏ",
            value=0.82,
            original_source="Báo Quân đội nhân dân",
            figures=(figure("members_total", 240, qualifier="nearly", org="Đảng bộ xã Ia O"),),
        ),
        story(
            3,
            title="Quy Nhơn tạo nguồn từ doanh nghiệp ngoài nhà nước",
            place=Place(province="Gia Lai", province_then="Bình Định"),
            published_at=datetime(2025, 6, 29, 17, 0, tzinfo=UTC),
            has_time=False,
            label="part",
            value=0.55,
        ),
    )


def _elsewhere() -> tuple[Story, ...]:
    return (
        story(
            4,
            province="Đồng Nai",
            paper="Báo và Phát thanh, truyền hình Đồng Nai",
            title="Công nhân khu công nghiệp Amata học lớp nhận thức về Đảng",
            figures=(
                figure(
                    "awareness_class",
                    128,
                    unit="quần chúng",
                    org="Đảng ủy các khu công nghiệp tỉnh Đồng Nai",
                    period="9 tháng đầu năm 2026",
                ),
            ),
        ),
        story(5, province="Huế", title="Trường học tiếp sức cho đoàn viên ưu tú", label="part"),
        story(6, province="An Giang", title="Vùng đồng bào Khmer có thêm nhiều đảng viên trẻ"),
        story(
            7,
            province="Đắk Lắk",
            title="Bí quyết của chi bộ buôn 10 năm liền không trắng chỉ tiêu kết nạp, kể từ một "
            "câu chuyện bên bếp lửa nhà dài kéo sang tận mùa cà phê năm sau",
            sentence="“Mỗi năm kết nạp từ 2 đảng viên trở lên” là lời hứa của chi bộ với buôn.",
        ),
        story(8, province="Cà Mau", title="Đất Mũi ươm mầm đảng viên từ lực lượng dân quân"),
        story(
            9,
            province=None,
            paper="Báo Nhân Dân",
            title="Chất lượng đảng viên mới: nhìn từ cả nước",
            published_at=None,
        ),
    )
