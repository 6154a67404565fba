"""Screens of accessibility, per audience."""
