"""Screens of notifications, per audience."""
