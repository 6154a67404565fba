"""Screens of privacy, per audience."""
