"""Who changed what of one person or organisation, for organisers and for the person."""
