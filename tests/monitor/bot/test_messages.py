from __future__ import annotations

from dataclasses import replace
from html import unescape
from zoneinfo import ZoneInfo

from monitor.bot.messages import state_messages
from monitor.items import Trouble
from monitor.render.telegram import visible_units
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def test_the_state_of_many_subscriptions_is_spread_over_messages() -> None:
    troubles = tuple(
        Trouble(
            source=f"{'Báo rất dài ' * 8}<{number}>",
            kind="dns",
            detail="",
            since=samples.SINCE,
            last_success_at=None,
        )
        for number in range(30)
    )
    digest = samples.digest(checked=replace(samples.ALL_WELL, troubles=troubles))
    texts = state_messages(
        [digest] * 5, ["Lần ghé", "Bản tới"], wording=load_wording("vi"), zone=HANOI
    )

    assert len(texts) > 1
    assert all(0 < visible_units(text) <= 4_096 for text in texts)
    whole = unescape("\n".join(texts))
    assert whole.count("và 20 nguồn khác") == 5
    assert whole.endswith("Lần ghé\nBản tới")
