"""The ways in which a user can log in."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import gettext as _

from exercises.models import User

Type = Authenticator.Type
MOST_PASSKEYS = 10  # of a user
LONGEST_PASSKEY_NAME = 60  # characters


@dataclass(frozen=True)
class WaysIn:
    """The ways of one user. `codes` are the second step after all but a passkey; `recovery_codes` stand in for them."""

    password: bool
    mailed_code: bool
    passkeys: list[Authenticator] = field(default_factory=list)
    links: list[SocialAccount] = field(default_factory=list)
    codes: Authenticator | None = None
    recovery_codes: Authenticator | None = None

    @property
    def protected(self) -> bool:
        """Whether a stolen or guessed password alone opens nothing."""
        return bool(self.codes or (self._without_typing and (settings.OIDC_ONLY or not self.password)))

    @property
    def _without_typing(self) -> bool:
        return bool(self.passkeys or self.working_links)

    @property
    def state(self) -> str:
        """One sentence on how the user logs in."""
        if self.passkeys and not settings.OIDC_ONLY:
            return _("You can log in with a passkey, without typing.")
        if self.working_links:
            return _("You can log in with %(name)s.") % {"name": settings.OIDC_NAME}
        if self.codes:
            return _("You log in with your password and a code.")
        if self.password:
            return _("You log in with your email address and your password.")
        return _("You log in with a code that we mail to you.")

    @property
    def advice(self) -> str:
        """What would help next; empty where nothing is missing."""
        if self.protected or settings.OIDC_ONLY:
            return ""
        if self._without_typing:
            return _("Your password works too, on its own. Codes from an app make it safer.")
        return _("A passkey is quicker, and nobody can guess it.")

    @property
    def is_last(self) -> bool:
        """Whether one passkey or link less would leave no way in."""
        return not (self.password or self.mailed_code) and len(self.passkeys) + len(self.working_links) <= 1

    @property
    def working_links(self) -> list[SocialAccount]:
        """Those of the provider that the environment names now. Those of a former one log nobody in."""
        return [each for each in self.links if settings.OIDC_URL and each.provider == settings.OIDC_URL]

    def is_last_link(self, link: SocialAccount) -> bool:
        """Whether its user could not log in without it."""
        if link not in self.working_links:
            return False
        return len(self.working_links) <= 1 if settings.OIDC_ONLY else self.is_last


def ways_in_of(user: User) -> WaysIn:
    """Three queries."""
    held = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    of_type = {each.type: each for each in held}
    return WaysIn(
        password=user.has_usable_password(),
        mailed_code=settings.MAIL_ENABLED and EmailAddress.objects.filter(user=user, verified=True).exists(),
        passkeys=[each for each in held if each.type == Type.WEBAUTHN],
        links=list(SocialAccount.objects.filter(user=user).order_by("pk")),
        codes=of_type.get(Type.TOTP),
        recovery_codes=of_type.get(Type.RECOVERY_CODES),
    )
