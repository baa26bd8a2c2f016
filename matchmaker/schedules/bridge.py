"""The only door to the engine: from an event to a problem, from a schedule to its rows."""
