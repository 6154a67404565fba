"""Editing: what is published stays checked. Who looks after what, and who stands in for whom."""
