"""How an event looks: its logo, its colour and its texts, on pages, in mails and on paper."""
