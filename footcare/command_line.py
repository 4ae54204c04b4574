"""How a command ends that cannot do its work: one sentence and status 1, without a traceback.

`--traceback`, an option of every command, shows the traceback. Django is imported late: Ctrl-C may come before it is.
"""

import os
import signal
import sys
from types import TracebackType


def begin() -> None:
    """Treats TERM like Ctrl-C, so that what is half done is cleared away.

    Escapes what the output cannot show. Drops output that is closed: else the next file opened would receive it.
    """
    sys.excepthook = tell
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Replaces sys.excepthook. After Ctrl-C, Python ends by the signal, so that a script around it ends too."""
    sentence = _sentence(error)
    if sentence and "--traceback" not in sys.argv:
        sys.stderr.write(f"{sentence}\n")
    else:
        sys.__excepthook__(kind, error, trace)
    if isinstance(error, OSError):  # it may be the output that cannot be written, and Python would try once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _sentence(error: BaseException) -> str:
    """The sentence for the error; empty for a fault of ours."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"Footcare cannot go on: {error.strerror or error}{where}."
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, DataError, IntegrityError

    if isinstance(error, ImproperlyConfigured):
        return f"Footcare cannot start: {error}"
    if isinstance(error, DatabaseError) and not isinstance(error, DataError | IntegrityError):
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        return f"Footcare cannot use its database ({reason}). See DATABASE_URL. `manage.py prepare` makes its tables."
    return ""
