"""The organiser's list of participants: narrowed, kept as segments, changed many at a time."""
