"""Accounts: people by their mail address, all ways to sign in, the account page, the four general roles.

Begriffe: Gast (nobody signed in), Beteiligte (participant), Redaktion (editor), Leitung (lead); Geschäftsstelle
(office) means Redaktion or Leitung. Every other role is a fact in its own area, never a flag here.
Notfallcode (RecoveryCode): on paper, instead of a mail that does not arrive or a second factor that is not there.
Writes: its own tables. May use: core.
"""
