"""Screens of events, one module per audience."""
