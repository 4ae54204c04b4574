"""An uploaded file that waits for the user to confirm its import, in the database so that any server can do it."""

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
        """Replace the upload of this user, and delete the expired uploads of all users."""
        self.filter(kept_at__lte=now - KEPT_FOR).delete()
        self.update_or_create(user=user, defaults={"packed": packed, "found": found, "kept_at": now})

    def finish(self, upload: "Upload", result: dict[str, Any]) -> dict[str, Any]:
        """Empty the file. Returns the result of the first confirmation, because a second one adds nothing."""
        same = self.filter(pk=upload.pk, kept_at=upload.kept_at)
        if same.exclude(packed=b"").update(packed=b"", found=result):
            return result
        first = same.first()
        return first.found if first else result


class Upload(models.Model):
    """`found` is the preview of the import, as JSON: what the page shows before the user confirms.

    When it has been imported, the file is empty, and `found` is what was added.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    packed = models.BinaryField()
    found = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return f"upload of {self.user_id}"

    @property
    def is_done(self) -> bool:
        return not self.packed

    def chunks(self) -> Iterator[bytes]:
        """The file as it was sent, piece by piece."""
        unpacking, packed = zlib.decompressobj(), bytes(self.packed)
        while piece := unpacking.decompress(packed, PIECE):
            yield piece
            packed = unpacking.unconsumed_tail


class Packing:
    """Passes chunks on and compresses each. After the last one `packed` holds the whole file."""

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
