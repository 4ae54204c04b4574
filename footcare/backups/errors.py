"""The error of a backup or a restore."""


class Failed(Exception):
    """The backup or the restore failed; the text says why. Nothing changed."""

    @classmethod
    def no_backup(cls, why: str) -> "Failed":
        return cls(f"This is not a complete Footcare backup: {why.rstrip('.')}.")
