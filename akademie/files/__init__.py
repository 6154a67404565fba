"""Files: pictures and documents of the back office, with what law and readers need to know about them.

Begriffe: Bild (AcademyImage), Dokument (AcademyDocument).
Writes: its own tables. May use: accounts, core.
"""
