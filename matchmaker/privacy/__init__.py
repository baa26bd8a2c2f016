"""Personal data: handed out, erased, and kept no longer than an event's organiser said."""
