"""The marketplace: what people offer and look for."""
