"""What readers ask for in a chat: the digest so far, a search, how the watch is doing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from monitor.bot.updates import MENU
from monitor.render.cuts import cut_corrections, cut_stories, cut_troubles
from monitor.render.keyboards import page_keyboard
from monitor.render.plain import SEPARATOR, name_of, one_line, safe_link, shorten
from monitor.render.telegram import MESSAGE_UNITS, telegram_messages, visible_units
from monitor.render.view import view_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from monitor.items import Digest, Keyboard
    from monitor.render.keyboards import Page
    from monitor.store.article_rows import Hit
    from monitor.wording import Wording

HITS_A_PAGE = 8
LONGEST_QUERY = 200
"""Letters of a search that are looked at."""

_IN_FULL, _SHOWN = 8, 30
_TROUBLES = 10
_CORRECTIONS = 5
_TITLE_UNITS = 200
_EXCERPT_UNITS = 160


def help_message(wording: Wording, *, has_buttons: bool) -> str:
    """What the bot does, a line a command."""
    lines = [wording.say("chat.help"), ""]
    lines += [f"/{name} – {wording.say(f'chat.command.{name}')}" for name in MENU[:-1]]
    if has_buttons:
        lines += ["", wording.say("chat.help_buttons")]
    return escape("\n".join(lines), quote=False)


def today_messages(
    digest: Digest, *, next_at: str, wording: Wording, zone: ZoneInfo
) -> tuple[tuple[str, ...], tuple[Keyboard, ...]]:
    """The digest as it would be now: the best stories in full, the next by their titles.

    Args:
        digest: Decided and not recorded.
        next_at: When it will be sent, in the reader's words.
        wording: The reader's language.
        zone: The reader's.

    Returns:
        Messages, and for each its keyboard.
    """
    view = view_of(digest, wording=wording, zone=zone)
    view = cut_stories(view, in_full=_IN_FULL, shown=_SHOWN, rows=0, wording=wording)
    view = cut_corrections(view, _CORRECTIONS, wording=wording)
    view = cut_troubles(view, _TROUBLES, wording=wording)
    texts, keyboards = telegram_messages(view, wording=wording)
    now = wording.moment(digest.until_at, zone)
    note = wording.say("chat.today", moment=now, next=next_at)
    return (f"<i>{escape(note)}</i>\n\n{texts[0]}", *texts[1:]), keyboards


def search_message(
    hits: Sequence[Hit], query: str, *, page: Page, wording: Wording, zone: ZoneInfo
) -> tuple[str, Keyboard]:
    """A page of what was found, and the way to the others.

    The query stands in it as code, where a press on its buttons finds it again.

    Args:
        hits: Those of the page, and one more where there are further pages.
        query: As it was asked, of ``LONGEST_QUERY`` letters at most.
        page: Which page, and among what.
        wording: The reader's language.
        zone: The reader's.
    """
    kind = "stories" if page.stories_only else "all"
    lines = [f"{escape(wording.say(f'chat.search.{kind}'))} <code>{escape(query)}</code>"]
    if not hits:
        lines += ["", escape(wording.say(f"chat.search.none_{kind}"))]
    first = page.number * HITS_A_PAGE + 1
    for number, hit in enumerate(hits[:HITS_A_PAGE], start=first):
        lines += ["", *_hit_lines(hit, number, wording, zone)]
    has_more = len(hits) > HITS_A_PAGE
    return "\n".join(lines), page_keyboard(page, has_more=has_more, wording=wording)


def state_messages(
    digests: Sequence[Digest], plans: Sequence[str], *, wording: Wording, zone: ZoneInfo
) -> list[str]:
    """How the watch is doing: one message, more where a chat has many subscriptions.

    Args:
        digests: Of the last day, for each subscription of the chat: what was checked.
        plans: The last visit, and the last and next digests, a line each.
        wording: The reader's language.
        zone: The reader's.
    """
    lines = [f"<b>{escape(wording.say('chat.state.heading'))}</b>"]
    for digest in digests:
        view = cut_troubles(view_of(digest, wording=wording, zone=zone), _TROUBLES, wording=wording)
        told = [SEPARATOR.join(view.proof), view.notes[0]]
        told += [f"• {SEPARATOR.join((one.name, one.kind, one.times))}" for one in view.troubles]
        told += [view.more_troubles] if view.more_troubles else []
        lines += [*map(escape, told), ""]
    return _packed([*lines, *map(escape, plans)])


def _packed(lines: Sequence[str]) -> list[str]:
    """Whole lines in as few messages as they fit into."""
    messages = [lines[0]]
    for line in lines[1:]:
        longer = f"{messages[-1]}\n{line}"
        if visible_units(longer) <= MESSAGE_UNITS:
            messages[-1] = longer
        elif line:
            messages.append(line)
    return messages


def _hit_lines(hit: Hit, number: int, wording: Wording, zone: ZoneInfo) -> list[str]:
    title = escape(shorten(one_line(hit.title), _TITLE_UNITS))
    link = safe_link(hit.url)
    linked = f'<a href="{escape(link)}">{title}</a>' if link else title
    day = (hit.published_at or hit.found_at).astimezone(zone).date()
    byline = [name_of(hit.paper), wording.day(day), *([hit.province] if hit.province else [])]
    excerpt = shorten(one_line(hit.excerpt), _EXCERPT_UNITS)
    return [
        f"{number}. {linked}",
        f"<i>{escape(SEPARATOR.join(byline))}</i>",
        *([escape(excerpt)] if excerpt else []),
    ]
