"""The rules of the addresses of single sign-on."""

from allauth.socialaccount.models import SocialAccount

from tests.support.addresses import FILL, VISITORS, Rule, act, users_page


def a_link(cast):
    link, _ = SocialAccount.objects.get_or_create(user=cast.alice, provider="https://auth.example.org", uid="alice")
    return [{"link": str(link.pk)}]


SINGLE_SIGN_ON = {
    "single_sign_on": Rule(users=VISITORS, query=("next",), provider=True, page=False),
    "single_sign_on_return": Rule(users=VISITORS, query=("state", "code", "error"), provider=True, page=False),
    "socialaccount_signup": Rule(
        FILL, VISITORS, forms=lambda cast: [{"email": "nora@example.org"}], provider=True, page=False
    ),
    "prove_with_link": users_page(query=("next",), provider=True, page=False),
    "link_account": users_page(query=("account",), provider=True, page=False),
    "unlink_account": act(forms=a_link, ids=("link",)),
}
