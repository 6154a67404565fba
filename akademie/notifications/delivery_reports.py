"""Reads what mail servers report about a mail that did not arrive (RFC 3464), whoever wrote the report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

MOST = 50  # recipients and names of mails in one report
MESSAGE_ID = re.compile(r"<[^<>\s]{3,148}>")
ADDRESS = re.compile(r"<?[\w.+%-]+@[\w.-]+\w>?")


@dataclass(frozen=True)
class Failure:
    """What a report says about one recipient."""

    email: str  # as the reporting server knows it, in small letters; "" when it does not say
    said: str  # "5.1.1 550 no such user", without addresses


@dataclass(frozen=True)
class Report:
    """Which mails a report is about, and who did not get them."""

    message_ids: frozenset[str]
    failures: tuple[Failure, ...]  # none: it arrived, or was passed on


def read_report(source: bytes) -> Report | None:
    """Return what a mail reports, None when it is no report. May raise anything for what is malformed on purpose."""
    mail = message_from_bytes(source)
    ids: list[str] = MESSAGE_ID.findall(f"{mail['In-Reply-To']} {mail['References']}")
    blocks: list[Message] | None = None
    for part in mail.walk():
        kind, content = part.get_content_type(), part.get_payload()
        if kind == "message/delivery-status" and isinstance(content, list) and blocks is None:
            blocks = [block for block in content if isinstance(block, Message)]
        elif kind == "message/rfc822" and isinstance(content, list) and isinstance(content[0], Message):
            ids += MESSAGE_ID.findall(str(content[0]["Message-ID"]))
        elif kind == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            ids += MESSAGE_ID.findall(str(message_from_bytes(bytes(headers or b""))["Message-ID"]))  # type: ignore[arg-type]
    if blocks is None:
        return None
    return Report(frozenset(ids[:MOST]), tuple(_failures(blocks[: MOST + 1])))


def _failures(blocks: list[Message]) -> Iterator[Failure]:
    for block in blocks:
        action = str(block["Action"] or "").strip().lower()
        if action in ("failed", "delayed"):
            recipient = block["Original-Recipient"] or block["Final-Recipient"] or ""
            status = "".join(re.findall(r"[245]\.\d{1,3}\.\d{1,3}", str(block["Status"]))[:1])
            if action == "delayed" and not status.startswith("4"):
                status = "4.0.0"  # whatever it says: the server goes on trying
            told = str(block["Diagnostic-Code"] or "").partition(";")[2]
            said = " ".join(ADDRESS.sub("…", f"{status or '5.0.0'} {told}").split())
            yield Failure(str(recipient).partition(";")[2].strip().strip("<>").casefold(), said[:300])
