"""Forms as a browser finds them in a page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.urls import Resolver404, resolve


@dataclass
class Form:
    """`fields` as they would be sent as they stand; `names` those that could be sent, ticked or not.

    `by_htmx`: it is sent for a fragment too.
    """

    path: str
    fields: dict = field(default_factory=dict)
    names: set = field(default_factory=set)
    by_htmx: bool = False

    @property
    def address(self):
        try:
            return resolve(self.path).url_name
        except Resolver404:
            return self.path


def forms_of(body, path):
    """One for each way to send each form of the page, those alike left out."""
    finder = FormFinder(path)
    finder.feed(body)
    return list({(form.address, frozenset(form.names)): form for form in finder.ways_to_send()}.values())


class FormFinder(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.found, self.form, self.select = path, [], None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.form = Form(given.get("action") or self.path)
            self.found.append((self.form, []))
        elif "hx-post" in given or tag == "button":
            self._add_button(given)
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and self.select:  # not of a list of suggestions
            self._add(self.select, given.get("value"), chosen="selected" in given)
        elif tag in ("input", "textarea") and given.get("name"):
            ticked = "checked" in given or given.get("type") not in ("checkbox", "radio")
            self._add(given["name"], given.get("value", ""), ticked)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None

    def _add(self, name, value, chosen):
        self.form.names.add(name)
        if chosen:
            self.form.fields[name] = value

    def _add_button(self, given):
        """One outside of any form sends nothing but itself."""
        if self.form is None and "hx-post" in given:
            self.found.append((Form(given["hx-post"], by_htmx=True), []))
        elif self.form is not None:
            own = {given["name"]: given.get("value", "")} if given.get("name") else {}
            path = given.get("formaction") or given.get("hx-post") or self.form.path
            self.found[-1][1].append((path, own, "hx-post" in given))

    def ways_to_send(self):
        for form, buttons in self.found:
            for path, own, by_htmx in buttons or [(form.path, {}, form.by_htmx)]:
                yield Form(path, {**form.fields, **own}, {*form.names, *own}, by_htmx)
