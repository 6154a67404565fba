"""Easy: what everybody must be able to understand. The required explanations in Leichte Sprache and in DGS, and videos.

Begriffe: Pflichtinhalt (Explanation), Gebärdensprachvideo (SignVideo), Untertitel (captions).
Writes: its own tables and the films. May use: files, accounts, core.
"""
