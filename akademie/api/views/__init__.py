"""Screens and answers of the API."""
