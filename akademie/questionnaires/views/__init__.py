"""Screens of questionnaires, per audience."""
