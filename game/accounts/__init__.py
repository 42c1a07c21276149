"""The people who run things: users, passwords, sign-in links."""
