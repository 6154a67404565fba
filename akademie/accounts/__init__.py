"""Accounts: people by their mail address, sign-in by mail link, the four general roles.

Begriffe: Gast (nobody signed in), Beteiligte (participant), Redaktion (editor), Leitung (lead); Geschäftsstelle
(office) means Redaktion or Leitung. Every other role is a fact in its own area, never a flag here.
Notfallcode (RecoveryCode): signs the Leitung in when no mail arrives.
Writes: its own tables. May use: core.
"""
