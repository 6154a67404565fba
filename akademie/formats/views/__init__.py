"""Screens of formats."""
