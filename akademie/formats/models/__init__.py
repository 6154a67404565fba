"""Formats and what grows out of them: variants and proposals, runs and what they measured."""

from akademie.formats.models.profile import (
    MAX_CHECKLIST,
    MAX_STEPS,
    MAX_TEMPLATES,
    ChecklistItem,
    FormatProfile,
    FormatStep,
    FormatTemplate,
)
from akademie.formats.models.runs import FormatRun
from akademie.formats.models.variants import FormatProposal, HandIn

__all__ = [
    "MAX_CHECKLIST",
    "MAX_STEPS",
    "MAX_TEMPLATES",
    "ChecklistItem",
    "FormatProfile",
    "FormatProposal",
    "FormatRun",
    "FormatStep",
    "FormatTemplate",
    "HandIn",
]
