"""Tables of operation."""
