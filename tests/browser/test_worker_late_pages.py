"""Pages that reach the service worker late: what was asked for later is never replaced, nor taken for up to date."""

import pytest

from tests.support.page_keeper import of
from tests.support.under_way import until

ARRIVES_WHEN_TOLD = """
    const { fetch } = window;
    window.fetch = async (address) => {
        const answer = await fetch(address);
        if (address !== "/") return answer;
        window.fetch = fetch;
        return new Promise((told) => (window.arrive = () => told(answer)));
    };
"""


@pytest.fixture
def late_round(keeper):
    """The network has Today's page for the round, which does not know of anything later, and has not brought it yet."""
    keeper.answer("/", text="older")
    keeper.answer("/exercises/")
    keeper.page.evaluate(f"() => {{ {ARRIVES_WHEN_TOLD} }}")
    keeper.open("/exercises/")
    until(lambda: keeper.page.evaluate("typeof arrive"), lambda kind: kind == "function")
    keeper.answer("/", text="newer")
    return keeper


def test_a_page_that_arrives_late_does_not_replace_a_newer_one(late_round):
    late_round.open("/")
    late_round.shown()
    until(lambda: late_round.text("/"), lambda text: text == of(1, "newer"))
    late_round.page.evaluate("arrive()")
    late_round.settle()

    assert late_round.text("/") == of(1, "newer")


@pytest.mark.parametrize("stamp", [None, "of yesterday"])
def test_a_round_that_is_outdated_on_its_way_is_stored_again(late_round, stamp):
    put = "async (stamp) => stamp && (await caches.open('pages-1')).put('/round-kept', new Response(stamp))"
    late_round.page.evaluate(put, stamp)
    late_round.page.evaluate("keeper.outdate()")
    late_round.page.evaluate("arrive()")
    late_round.settle()
    assert late_round.text("/") == of(1, "older")

    late_round.show("/exercises/")
    assert late_round.text("/") == of(1, "newer")
