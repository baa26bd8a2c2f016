"""Importing participants, with their organisations and delegations."""
