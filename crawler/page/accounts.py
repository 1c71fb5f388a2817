"""Whose account posted an article, which is not who wrote it."""

from __future__ import annotations

import re

from crawler.dating.forms import bare

_ROLES = (
    r"(?:wp[ -]?)?admin(?:istrator)?s?|quan ?tri(?: ?vien)?|(?:ban |nguoi )quan tri|qtv|bqt"
    r"|super ?user|web ?master|moderator|root|user|editor|author|manager|guest|host|demo|test"
    r"|nhap ?lieu|nguoi dang|dang ?(?:bai|tin)|tin ?tuc"
    r"|(?:trang |cong |ban )?thong tin dien tu"
)
_DESKS = (
    r"(?:ban|phong|to|nhom|bo phan) (?:bien tap|thu ky|noi dung|tin bai)|bbt|toa soan"
    r"|bien tap(?: vien)?|btv|thu ky"
    r"|thu ky toa soan|(?:ban|bo phan|to) truyen thong"
)
_WHERE = r"(?:[\s._-]*\d+)?(?:[\s,._-]+(?:he thong|trang|cong|web|tinh|huyen|xa|phuong|bao)\b.*)?"
_IS_ROLE = re.compile(rf"(?:{_ROLES}){_WHERE}")
_IS_DESK = re.compile(rf"(?:{_DESKS}){_WHERE}")


def is_account(name: str) -> bool:
    """Whether a name is that of an account and no person's: a login or a role.

    A CMS prints who was signed in when the article was entered (WordPress as ``vcard``,
    Joomla as ``Viết bởi Super User``); party portals enter all they publish from one or two
    accounts. Logins are one word without a capital, or hold digits or an ``@``.

    Args:
        name: As the page prints it.
    """
    text = name.strip()
    is_login = " " not in text and (text == text.lower() or re.search(r"[\d@_]", text) is not None)
    return is_login or _IS_ROLE.fullmatch(_bare(text)) is not None


def is_desk(name: str) -> bool:
    """Whether a name is a newsroom's, one of its desks' or of whoever is on duty there.

    Below a text it signs, as offices do; where the CMS states the author it is an account.
    """
    return _IS_DESK.fullmatch(_bare(name)) is not None


def _bare(name: str) -> str:
    return bare(name).strip(" .-")
