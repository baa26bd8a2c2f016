"""Long work: a row is the truth, the queue carries only its id."""
