"""Codes of mails, in a browser."""

import re


def code_to(email, mailing):
    """In the newest mail to that address that has one."""
    texts = [each.get_body(("plain",)).get_content() for each in mailing.mails if each["To"] == email]
    return re.findall(r"^\d{4} \d{4}", "\n".join(texts), re.MULTILINE)[-1]


def enter(page, code):
    page.get_by_label("Code", exact=True).fill(code)
    page.keyboard.press("Enter")
