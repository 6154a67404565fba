"""Tables of operation."""

from akademie.operation.models.errors import ErrorEntry, ErrorState
from akademie.operation.models.health import HealthResult, OutsideHost, SignOfLife

__all__ = ["ErrorEntry", "ErrorState", "HealthResult", "OutsideHost", "SignOfLife"]
