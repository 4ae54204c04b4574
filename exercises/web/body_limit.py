"""How long the body of a request may be."""

from django.conf import settings
from django.urls import reverse


def most_bytes(path: str) -> int:
    """The import takes a file; Django still limits the other fields of that form."""
    return settings.IMPORT_MAX_SIZE if path == reverse("import_data") else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
