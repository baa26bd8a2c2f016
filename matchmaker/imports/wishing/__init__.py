"""Importing wishes between participants who are there."""
