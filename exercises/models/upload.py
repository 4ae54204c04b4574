"""A file that somebody has sent and not yet said yes to: any server can bring it in, and it does not stay for long."""

import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from exercises.models.user import User

KEPT_FOR = timedelta(hours=1)
PIECE = 64 * 1024


class UploadQuerySet(models.QuerySet["Upload"]):
    def waiting(self, user: "User", now: datetime) -> "Upload | None":
        return self.filter(user=user, kept_at__gt=now - KEPT_FOR).first()

    def put(self, user: "User", packed: bytes, found: dict[str, Any], now: datetime) -> None:
        """In the place of the one before; what nobody came back for goes, of others too."""
        self.filter(kept_at__lte=now - KEPT_FOR).delete()
        self.update_or_create(user=user, defaults={"packed": packed, "found": found, "kept_at": now})


class Upload(models.Model):
    """`found` is what looking through it has found: what the page shows before it is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    packed = models.BinaryField()
    found = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"upload of {self.user_id}"

    def chunks(self) -> Iterator[bytes]:
        """The file as it was sent, a piece at a time."""
        unpacking, packed = zlib.decompressobj(), bytes(self.packed)
        while piece := unpacking.decompress(packed, PIECE):
            yield piece
            packed = unpacking.unconsumed_tail


class Packing:
    """Chunks that go by, each packed on its way; `packed` is all of them once they are through."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._packed = chunks, bytearray()

    def __iter__(self) -> Iterator[bytes]:
        packing = zlib.compressobj()
        for chunk in self._chunks:
            self._packed += packing.compress(chunk)
            yield chunk
        self._packed += packing.flush()

    @property
    def packed(self) -> bytes:
        return bytes(self._packed)
