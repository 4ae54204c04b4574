"""Recent attempts to log in: web/rate_limits.py counts them."""

from django.db import models


class LoginAttempts(models.Model):
    """The attempts of one account, network, device or mail address. `key` is a digest, so it names nobody."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.JSONField(default=list)  # seconds since 1970, oldest first; only those that still count
    last = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "login attempts"

    def __str__(self) -> str:
        return self.key
