"""A letter as a mail: headers that sort and thread it, text, page, picture, and figures."""

from __future__ import annotations

import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import quote

from monitor.extractor.text import fold

if TYPE_CHECKING:
    from monitor.items import Letter

_NO_LABEL = re.compile(r"[^a-z0-9]+")


def mail_of(
    letter: Letter, *, sender: str, recipient: str, unsubscribe: str | None = None
) -> EmailMessage:
    """The mail of a letter to one recipient, the same bytes each time it is built.

    Its body is multipart/alternative: the text, and the page, which with a picture is
    multipart/related (RFC 2387). With figures as a file all of it is multipart/mixed.

    Args:
        letter: As it was rendered.
        sender: Name and address.
        recipient: Address.
        unsubscribe: Where a reader gives the letter up: a mail or web address; None: the
            sender's own.
    """
    message = EmailMessage(policy=SMTP_POLICY)
    _address(message, letter, sender=sender, recipient=recipient)
    _as_list(message, letter, sender=sender, unsubscribe=unsubscribe)
    _set_body(message, letter)
    _fix_boundaries(message)
    return message


def _address(message: EmailMessage, letter: Letter, *, sender: str, recipient: str) -> None:
    domain = _domain(sender)
    message["Subject"] = letter.subject
    message["From"] = sender
    message["To"] = recipient
    message["Date"] = format_datetime(letter.dated_at)
    seed = f"{letter.issue}|{letter.digest_id}|{parseaddr(sender)[1]}|{recipient}"
    message["Message-ID"] = f"<diembao.{letter.day:%Y%m%d}.{_mark(seed)}@{domain}>"
    # RFC 5322, section 3.6.4: In-Reply-To and References name the parent. All issues of an
    # edition to one reader name the same parent, which no mail bears: programs that thread by
    # references put its children together under a parent they never saw, so an issue that got
    # lost breaks nothing, and none depends on another. (Gmail threads by subject besides.)
    thread = f"{letter.subscription}|{letter.edition}|{parseaddr(sender)[1]}|{recipient}"
    parent = f"<diembao.{letter.edition}.{_mark(thread)}@{domain}>"
    message["In-Reply-To"] = parent
    message["References"] = parent


def _as_list(
    message: EmailMessage, letter: Letter, *, sender: str, unsubscribe: str | None
) -> None:
    """What sorts the mail, keeps answering machines quiet, and says how to get out of it."""
    label = _NO_LABEL.sub("-", fold(letter.subscription)).strip("-")[:40] or "x"
    if label != letter.subscription:
        label = f"{label}-{_mark(letter.subscription)[:6]}"
    message["List-Id"] = f"<{label}.diembao.{_domain(sender)}>"  # RFC 2919
    message["List-Unsubscribe"] = f"<{_way_out(letter, sender, unsubscribe)}>"  # RFC 2369
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["Precedence"] = "list"  # what older answering machines know


def _way_out(letter: Letter, sender: str, unsubscribe: str | None) -> str:
    to = unsubscribe or parseaddr(sender)[1]
    if to.startswith(("https://", "http://")):
        return to
    address = to.removeprefix("mailto:")
    if "?" in address:
        return f"mailto:{address}"
    subject = quote(f"unsubscribe {letter.subscription}", safe="")
    return f"mailto:{quote(address, safe='@+')}?subject={subject}"


def _set_body(message: EmailMessage, letter: Letter) -> None:
    _set_text(message, letter.mail_text or letter.text, "plain")
    message.make_alternative()
    page = EmailMessage(policy=SMTP_POLICY)
    _set_text(page, letter.mail_html or letter.html, "html")
    if letter.picture is not None:
        page.add_related(
            letter.picture.png,
            maintype="image",
            subtype="png",
            cid=f"<{letter.picture.content_id}>",
            disposition="inline",
            filename=f"diembao-{letter.issue}.png",
        )
    _attach(message, page)
    if letter.csv is not None:
        message.add_attachment(
            letter.csv.encode(),
            maintype="text",
            subtype="csv",
            filename=f"diembao-{letter.issue}.csv",
            params={"charset": "utf-8", "header": "present"},
        )
    message["Content-Language"] = letter.language  # setting the content drops such headers


def _attach(message: EmailMessage, part: EmailMessage) -> None:
    del part["MIME-Version"]  # the message has it
    message.attach(part)


def _set_text(part: EmailMessage, text: str, subtype: str) -> None:
    """In the shorter of both encodings, which alone keep lines short on every way."""
    sizes = {}
    for encoding in ("quoted-printable", "base64"):
        part.set_content(text, subtype=subtype, cte=encoding)
        sizes[encoding] = len(part.as_bytes())
    part.set_content(text, subtype=subtype, cte=min(sizes, key=lambda one: sizes[one]))


def _fix_boundaries(message: EmailMessage) -> None:
    """Drawn by lot they would differ each time."""
    own = str(message["Message-ID"])
    containers = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(containers):
        part.set_boundary(f"=={_mark(f'{own}|{number}')}==")


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def _mark(seed: str) -> str:
    """What tells one from another, and nothing of what it is made of."""
    return hashlib.sha256(seed.encode()).hexdigest()[:20]
