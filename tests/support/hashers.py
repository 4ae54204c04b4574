"""A password hash that takes no time, in a form that the real server of the browser tests can check too."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    iterations = 1
