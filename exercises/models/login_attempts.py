"""When passwords were tried lately: what the limits on guessing are counted from."""

from django.db import models


class Tries(models.Model):
    """The tries under one key: an account, an address or a device. `key` is a digest, so nobody can be read off it."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.JSONField(default=list)  # seconds since 1970, oldest first; only those that still count
    last = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return self.key
