"""The recipes that `make drill-proxies` runs are found where people copy them, and need nothing but what they say."""

import re

import pytest
from django.conf import settings

from tests.conftest import ROOT
from tools.proxies.recipes import NAME, RECIPES


@pytest.mark.parametrize("port", [443, 8443])
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: f"{recipe.command[0]} by {recipe.source}")
def test_a_recipe_is_found_and_filled_in(recipe, port, tmp_path):
    recipe.write(tmp_path, port, 8317)
    text = (tmp_path / "configuration").read_text()

    assert "127.0.0.1:8317" in text
    assert NAME in text
    assert not re.search(r"your\.name|\$DOMAIN|:8000", text)


@pytest.mark.parametrize("source", ["README.md", "docs/operations.md"])
def test_nginx_passes_on_the_port_and_a_whole_copy_of_the_data(source):
    text = (ROOT / source).read_text()
    [size] = re.findall(r"client_max_body_size (\d+)m;", text)

    assert re.findall(r"proxy_set_header Host (.*);", text) == ["$http_host"]
    assert int(size) * 2**20 > settings.IMPORT_MAX_SIZE
