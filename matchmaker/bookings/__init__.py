"""Times that participants fix themselves, first come."""
