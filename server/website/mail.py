"""Mail, by the operator's server: sent beside the answer, whose time tells nothing of whether there was any."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import logging
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib

from ..settings import Settings
from .texts import Speak, speaker

LOG = logging.getLogger("osm2cdr.web")
_SECONDS, _PAUSES = 30.0, (0.0, 10.0, 60.0)


def message(settings: Settings, to: str, kind: str, link: str, language: str) -> EmailMessage:
    """A letter; an address that would end a header's line raises ValueError."""
    t = speaker(language)
    subject, text = _words(t, kind)
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = settings.smtp_from, to, subject
    made["Date"], made["Message-ID"] = formatdate(), make_msgid(domain=settings.smtp_from.rsplit("@", 1)[-1].strip(">"))
    made["Auto-Submitted"] = "auto-generated"
    closing = t("The link works for an hour. If you did not ask for this, do nothing.")
    made.set_content(f"{text}\n\n{link}\n\n{closing}\n")
    return made


def _words(t: Speak, kind: str) -> tuple[str, str]:
    if kind == "verify":
        return t("Confirm your address"), t("Open this link to finish your osm2cdr account:")
    if kind == "known":
        return t("You already have an account"), t(
            "Somebody, perhaps you, wanted to register this address, which has an account already. "
            "If you forgot the password, choose another one here:"
        )
    return t("Choose another password"), t("Open this link to choose another password for your osm2cdr account:")


async def send(settings: Settings, letter: EmailMessage) -> None:
    """What does not go out is tried again twice; the log tells of each time."""
    for pause in _PAUSES:
        await asyncio.sleep(pause)
        try:
            await aiosmtplib.send(
                letter, hostname=settings.smtp_host, port=settings.smtp_port, timeout=_SECONDS,
                username=settings.smtp_user or None, password=settings.smtp_password or None,
                use_tls=settings.smtp_tls == "tls", start_tls=settings.smtp_tls == "starttls",
            )  # fmt: skip
            return
        except (aiosmtplib.SMTPException, OSError) as error:
            LOG.warning("mail", extra={"error": str(error)[:300]})
