"""Events: what the academy and its towns invite to, from the format it starts from to what it left behind.

Begriffe: Veranstaltung (Event), Veranstaltungsart (EventType), Programmpunkt (AgendaItem), Aufgabe (EventTask),
Text (EventText), Rückblick (Recap).
Writes: its own tables; runs of formats through formats.actions, evaluations through surveys.actions.
May use: formats, surveys, questionnaires, people, towns, files, notifications, topics, accounts, core.
"""
