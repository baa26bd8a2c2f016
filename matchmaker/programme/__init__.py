"""What an event has beside meetings: plenaries, pitches, workshops, visits, and who attends."""
