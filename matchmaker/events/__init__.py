"""Forums: their days, sessions, slots, zones, places, interpreters and who runs them."""
