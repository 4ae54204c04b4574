"""A QR code as one path of SVG, without a style: the content policy allows none."""

from itertools import groupby

QUIET = 4  # modules around it that have to be empty


def qr_path(text: str) -> tuple[int, str]:
    """The side in modules, with the quiet zone, and the path of the dark ones. The package is loaded when needed."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    return len(rows), "".join(_runs(y, row) for y, row in enumerate(rows))


def _runs(y: int, row: list[bool]) -> str:
    """Each stretch of dark modules in this row as a rectangle."""
    path, x = "", 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        path += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
        x += length
    return path
