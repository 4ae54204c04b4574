"""Compiled templates are kept for the next worker, and a disk that takes nothing stops nobody."""

from jinja2 import DictLoader, Environment

from footcare.jinja import Compiled


class NeverCompiles(Environment):
    def compile(self, *_args, **_options):
        raise AssertionError("compiled again")


def of(environment, folder, source="Hello {{ name }}"):
    made = environment(loader=DictLoader({"a.html": source}), bytecode_cache=Compiled(str(folder)))
    return made.get_template("a.html").render(name="Alice")


def test_a_second_worker_compiles_only_what_has_changed(tmp_path):
    folder = tmp_path / "templates"

    assert of(Environment, folder) == of(NeverCompiles, folder) == "Hello Alice"
    assert of(Environment, folder, "Bye {{ name }}") == "Bye Alice"
    assert folder.stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_kept_the_template_is_compiled_all_the_same(tmp_path):
    assert of(Environment, tmp_path / "missing" / "templates") == "Hello Alice"


def test_half_a_file_is_compiled_again(tmp_path):
    of(Environment, tmp_path)
    for kept in tmp_path.iterdir():
        kept.write_bytes(kept.read_bytes()[:-9])

    assert of(Environment, tmp_path) == "Hello Alice"
