"""People: who belongs to which town or organisation, what people can help with, and how to reach them.

Begriffe: Organisation (Organisation), Zugehörigkeit (Membership), Stelle übergeben (Handover), Profil (Profile),
"kann helfen bei" und "sucht Rat zu" (ProfileTopic), Kontaktanfrage (ContactRequest), Wer handelt (acting).
An account is a person; its posts are facts of towns and organisations, which stay when the person goes.
Writes: its own tables, and a person's name. May use: towns, topics, files, notifications, accounts, core.
"""
