"""What accounts shows elsewhere: demo people, and how to sign in as one of them."""

from akademie.accounts import actions
from akademie.core.contributions import DataSet, StartNote, demo_data, start_notes

demo_data.add(
    DataSet(
        key="accounts.demo", label="Probe-Konten werden angelegt", version=actions.demo_version,
        load=actions.load_demo_people, order=10,
    )
)  # fmt: skip
start_notes.add(StartNote(key="accounts.demo", lines=actions.demo_sign_in_lines, order=10))
