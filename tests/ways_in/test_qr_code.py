"""The path of a QR code draws exactly its dark modules, with a quiet zone around them."""

import re

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from exercises.accounts.qr_code import QUIET, qr_path

ADDRESS = "otpauth://totp/maria@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Footcare"


def drawn(side, path):
    """The modules that the rectangles of this path cover."""
    rows = [[False] * side for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for at in range(int(x), int(x) + int(length)):
            rows[int(y)][at] = True
    return rows


def test_it_draws_what_the_package_made():
    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(ADDRESS)

    assert drawn(*qr_path(ADDRESS)) == code.get_matrix()


def test_four_modules_around_it_are_empty():
    rows = drawn(*qr_path(ADDRESS))
    edges = [rows[:QUIET], rows[-QUIET:], [row[:QUIET] + row[-QUIET:] for row in rows]]

    assert not any(module for edge in edges for row in edge for module in row)
