"""All data of a user as a file: exported, read again, and merged into an account."""
