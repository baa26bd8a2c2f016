"""Will it fit? How many tables and slots the wishes need, and what more would give."""
