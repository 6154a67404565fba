"""Screens of operation, per audience."""
