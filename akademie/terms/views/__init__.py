"""Screens of terms."""
