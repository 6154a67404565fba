"""Screens of moderation, per audience."""
