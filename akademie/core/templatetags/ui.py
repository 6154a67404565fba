"""Component tags."""

from django import template

register = template.Library()
