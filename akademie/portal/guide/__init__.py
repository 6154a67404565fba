"""The Wegweiser: one concern in, explained matches out. Rules that can be read, no outside service.

`understanding` tells topics, needs and constraints from the words; `answer` finds practices, documents, towns, a format
and a page for them; `needs.toml` holds the rules. `docs/wegweiser.md` explains the whole.
"""
