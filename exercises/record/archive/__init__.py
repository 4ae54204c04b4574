"""All that a user has here, as a file: written, read again, and brought into an account."""
