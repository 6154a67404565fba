"""The opening through which areas say which messages they send."""

from dataclasses import dataclass

from akademie.core.contributions import ContributionPoint


@dataclass(frozen=True, kw_only=True)
class NotificationType:
    """A kind of message: what it is for, and its mail template, without `.txt`; the first line is the subject."""

    key: str  # "exchange.confirm"
    label: str  # what it is, in the reader's words
    category: str  # the area, as people choose by it
    mail: str
    order: int = 50


notification_types = ContributionPoint("notification_types", NotificationType)
