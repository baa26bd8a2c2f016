"""Who signs in: accounts, logins and sign-in links."""
