"""The engine of Matchmaker: schedules the meetings of a forum and proves how good it is."""
