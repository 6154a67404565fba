"""Screens of people, per audience."""
