"""Tables of operation."""

from akademie.operation.models.backup import Backup, BackupReason, BackupState
from akademie.operation.models.errors import ErrorEntry, ErrorState
from akademie.operation.models.health import HealthResult, OutsideHost, SignOfLife

__all__ = [
    "Backup",
    "BackupReason",
    "BackupState",
    "ErrorEntry",
    "ErrorState",
    "HealthResult",
    "OutsideHost",
    "SignOfLife",
]
