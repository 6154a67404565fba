"""Questions about the operation."""
