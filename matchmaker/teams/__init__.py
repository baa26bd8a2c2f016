"""The page of an organisation's people: who they are, who acts for whom, and all their meetings."""
