"""What is done with formats: loading what the product ships, variants, proposals, runs."""

from akademie.formats.actions.loading import FIELDS, SOURCE, load_formats, record_of, steps_of, values_of

__all__ = ["FIELDS", "SOURCE", "load_formats", "record_of", "steps_of", "values_of"]
