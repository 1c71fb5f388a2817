"""The weight of a real page: scripts, styles and menus that no reader reads."""

from __future__ import annotations

import hashlib

SECTIONS = (
    ("Thời sự", ("Trong tỉnh", "Trong nước", "Quốc tế", "Chào ngày mới")),
    ("Chính trị", ("Xây dựng Đảng", "Mặt trận - Đoàn thể", "Học và làm theo Bác", "Bầu cử")),
    ("Kinh tế", ("Nông nghiệp", "Công thương", "Thị trường", "Đầu tư", "Nông thôn mới")),
    ("Xã hội", ("Đời sống", "Lao động - Việc làm", "Giao thông", "Môi trường")),
    ("Văn hóa", ("Di sản", "Văn nghệ", "Đất và người", "Ẩm thực")),
    ("Giáo dục", ("Tuyển sinh", "Học đường", "Khuyến học")),
    ("Y tế", ("Sống khỏe", "Tư vấn", "Dinh dưỡng")),
    ("Pháp luật", ("An ninh trật tự", "Bạn đọc", "Văn bản mới")),
    ("Thể thao", ("Bóng đá", "Phong trào", "Thể thao tỉnh nhà")),
    ("Quốc phòng - An ninh", ("Biển đảo", "Biên giới", "Dân quân")),
    ("Du lịch", ("Điểm đến", "Lễ hội", "Cẩm nang")),
    ("Khoa học - Công nghệ", ("Chuyển đổi số", "Sáng tạo", "Xe")),
    ("Đa phương tiện", ("Video", "Podcast", "Infographic", "Longform", "Ảnh")),
)


def script(key: str, kilobytes: int) -> str:
    """Minified-looking JavaScript of about that size."""
    return "".join(_function(key, index) for index in range(kilobytes * 5))


def style(key: str, kilobytes: int) -> str:
    """A style sheet of about that size."""
    return "".join(_rule(key, index) for index in range(kilobytes * 9))


def name(key: str, index: int) -> str:
    """A class name that means nothing, such as ``c4f_x``."""
    digest = _hex(key, index)
    return f"{'abcdefgh'[index % 8]}{digest[:2]}_{'xyzuvw'[index % 6]}"


def _rule(key: str, index: int) -> str:
    selector = f".{name(key, index)}"
    colour = _hex(key, index)[:6]
    look = f"display:block;margin:{index % 9}px auto;color:#{colour}"
    return f"{selector}{{{look}}}{selector} a:hover{{text-decoration:none}}"


def _function(key: str, index: int) -> str:
    digest = _hex(key, index)
    shown = f"e.b('<div class=\"{digest[:4]}\">Quảng cáo</div>');" if index % 16 == 5 else ""
    return (
        f'!function(e,t){{var n=e["{digest[:8]}"]||{{}};n.id="{digest[8:24]}";{shown}'
        f'n.slot="/2193/{digest[24:30]}/detail";if(t<{index}&&n.on){{t=n.on(e,"{digest[30:50]}")}}'
        f"e.q=(e.q||[]).concat([n])}}(window,{index % 13});"
    )


def _hex(key: str, index: int) -> str:
    return hashlib.sha256(f"{key}:{index}".encode()).hexdigest()
