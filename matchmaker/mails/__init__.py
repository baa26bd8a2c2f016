"""Mail goes into an outbox in the transaction that causes it, and leaves after the commit."""
