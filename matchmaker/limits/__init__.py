"""How many meetings at once and in a row: rest, pauses, limits per session, organisations once."""
