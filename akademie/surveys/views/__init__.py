"""Screens of surveys, per audience."""
