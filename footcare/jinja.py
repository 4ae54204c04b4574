"""The environment of the templates: addresses, files, words, dates and icons, each looked up once in a process.

No HTML is kept. A date prints as ISO (`{{ day }}`); numbers print as they are.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import formats, translation
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django_htmx.jinja import htmx_script
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from footcare.network import public_host

TEMPLATES = Path(__file__).parent.parent / "templates"
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
# A line with one tag or comment and nothing else. Not the tags of a message: a line break beside them may belong to it.
LONE_TAG = re.compile(r"^({%(?!-? *(?:trans|pluralize|endtrans))(?:(?!%}).)*?|{#(?:(?!#}).)*?)-?([%#]})$", re.MULTILINE)
MOST_WORDS, MOST_ADDRESSES = 5_000, 1_000  # kept in a process


class Loader(FileSystemLoader):
    """Removes indentation, and the line break after a tag that is alone on its line.

    Other line breaks stay: between words they are spaces.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        if is_html(template):
            source = LONE_TAG.sub(r"\1-\2", INDENTATION.sub("", source))
        return source, path, is_current


class Compiled(FileSystemBytecodeCache):
    """What was compiled, kept in a folder: a worker starts in half the time and with 2 MB less.

    If the disk is full, nothing is kept and every worker compiles for itself.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)


def environment(**options: Any) -> Environment:
    """Makes the environment that `TEMPLATES` names. A name that a template was not given is an error."""
    made = Environment(
        **options | {"autoescape": is_html, "loader": Loader(TEMPLATES), "undefined": StrictUndefined},
        bytecode_cache=Compiled(str(settings.DATA_DIR / "templates")),
        extensions=["jinja2.ext.i18n"],
        cache_size=-1,  # every template stays; a limit would be kept by a search at each include
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, translation.ngettext, newstyle=False, pgettext=pgettext, npgettext=translation.npgettext
    )
    made.globals.update(
        _=gettext,
        url=url,
        static=static,
        icon=icon,
        language=translation.get_language,
        direction=direction,
        has_mail=has_mail,
        htmx_script=htmx_script,
        public_host=public_host,
    )
    made.filters.update(date=date_text, json_script=json_script)
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    return made


def compile_all() -> None:
    """Compiles every template, so that no request waits and no template with an error is served."""
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    for name in engine.env.list_templates(("html", "txt", "js", "svg")):
        engine.get_template(name)


def is_html(template: str | None) -> bool:
    """Whether values are escaped in a template. Mails and scripts are plain text."""
    return template is None or template.endswith((".html", ".svg"))


def csrf(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: one token, however many forms. None is made for a page without a form."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: format_html(field, token))}


@lru_cache(MOST_ADDRESSES)
def url(name: str, *args: str | date | UUID) -> str:
    return reverse(name, args=args)


@cache
def static(name: str) -> str:
    return staticfiles_storage.url(name)


@cache
def icon(name: str) -> SafeString:
    """One of templates/icons."""
    return mark_safe(Path(TEMPLATES, "icons", f"{name}.svg").read_text())


def has_mail() -> bool:
    return settings.MAIL_ENABLED


def direction() -> str:
    return "rtl" if translation.get_language_bidi() else "ltr"


def page_language(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: its language, because each word would take ten times as long to ask for it."""
    return {"page_language": translation.get_language()}


def _language(page: Context) -> str | None:
    """A macro and a mail have no page."""
    return page.get("page_language") or translation.get_language()


@pass_context
def gettext(page: Context, message: str) -> str:
    return _word(_language(page), None, message)


@pass_context
def pgettext(page: Context, context: str, message: str) -> str:
    return _word(_language(page), context, message)


@lru_cache(MOST_WORDS)
def _word(language: str | None, context: str | None, message: str) -> str:
    return translation.gettext(message) if context is None else translation.pgettext(context, message)


@pass_context
def date_text(page: Context, value: date | datetime | time, form: str) -> str:
    """A date or time by Django's format letters, in the language of the page and the value's own zone."""
    return _date_text(value, form, _language(page), getattr(value, "tzinfo", None))


@lru_cache(MOST_WORDS)
def _date_text(value: date | datetime | time, form: str, language: str | None, zone: tzinfo | None) -> str:
    """Of the same instant in two zones the texts differ, although the two are equal."""
    return formats.time_format(value, form) if isinstance(value, time) else formats.date_format(value, form)
