"""The coded lists of an event: types, sectors, technologies … with labels in three languages."""
