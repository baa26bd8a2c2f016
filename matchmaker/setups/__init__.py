"""The set-up of an event from a file: compared, told, taken over as a whole."""
