"""Lists out: people, organisations, wishes, meetings, set-up; most of them come in again."""
