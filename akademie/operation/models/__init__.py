"""Tables of operation."""

from akademie.operation.models.backup import Backup, BackupReason, BackupState
from akademie.operation.models.errors import ErrorEntry, ErrorState
from akademie.operation.models.health import HealthResult, OutsideHost, SignOfLife
from akademie.operation.models.setup import ConfirmedDuty
from akademie.operation.models.visits import DailySalt, PageCount, ReferrerCount, VisitDay, VisitorMark

__all__ = [
    "Backup",
    "BackupReason",
    "BackupState",
    "ConfirmedDuty",
    "DailySalt",
    "ErrorEntry",
    "ErrorState",
    "HealthResult",
    "OutsideHost",
    "PageCount",
    "ReferrerCount",
    "SignOfLife",
    "VisitDay",
    "VisitorMark",
]
