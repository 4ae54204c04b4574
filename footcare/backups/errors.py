"""What may go wrong, told to the one who asked for it."""


class Failed(Exception):
    """No backup, or no restore; its text says why. What was there is as it was."""

    @classmethod
    def no_backup(cls, why: str) -> "Failed":
        return cls(f"This is not a complete Footcare backup: {why.rstrip('.')}.")
