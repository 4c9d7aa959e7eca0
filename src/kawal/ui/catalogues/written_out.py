"""Finds words that were written out in templates instead of being marked for translation."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

ATTRIBUTES = {"title", "aria-label", "aria-description", "placeholder", "alt", "data-label"}
UNREAD = {"code", "kbd", "pre", "script", "style", "template"}
TRANSLATE = {"_", "gettext", "ngettext", "pgettext", "N_", "npgettext"}
NOT_READ_CALLS = {"url", "static", "include", "get", "replace", "startswith", "lstrip", "date"}
HOLE = "\ufffc"
NAMES = {"Kawal"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[A-Z][a-z]|[a-z] [A-Za-z]")


def _words(text: str) -> list[str]:
    """Return the words a reader would have to understand; abbreviations and names are no words."""
    return [w for w in WORD.findall(text) if w not in NAMES and not w.isupper()]


class _Page(HTMLParser):
    """Collects what a reader of the page would see or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the attributes that are spoken."""
        if tag in UNREAD or ("translate", "no") in attrs:
            self.unread.append(tag)
        self.found += [v for k, v in attrs if k in ATTRIBUTES and v and _words(v)]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose content is no prose."""
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()

    def handle_data(self, data: str) -> None:
        """Read text."""
        if not self.unread and _words(data):
            self.found.append(data.strip(f"{HOLE} \n"))


def _html(node: nodes.Node) -> Iterator[str]:
    """Yield the plain HTML of a template in order, with a hole for each thing put in."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield HOLE
        elif isinstance(child, nodes.Block) and child.name.endswith("_class"):
            continue  # the inside of an attribute
        else:
            yield from _html(child)


def _literals(node: nodes.Node) -> Iterator[str]:
    """Yield the texts that an expression would print or hand to a component."""
    match node:
        case nodes.Const(value=str() as value):
            yield value
        case nodes.Call(node=called) if _name(called) in TRANSLATE | NOT_READ_CALLS:
            return
        case nodes.Compare() | nodes.Getitem(node=nodes.Name()) | nodes.Test():
            return
        case nodes.Pair(value=value):
            yield from _literals(value)
        case nodes.Filter(name="xmlattr" | "replace" | "join"):
            return
        case _:
            for child in node.iter_child_nodes():
                yield from _literals(child)


def _name(node: nodes.Node) -> str:
    return getattr(node, "name", "") or getattr(node, "attr", "")


def _outermost(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what the template prints, assigns or calls with content."""
    for output in tree.find_all(nodes.Output):
        yield from (n for n in output.nodes if not isinstance(n, nodes.TemplateData))
    for block in tree.find_all(nodes.CallBlock):
        yield block.call
    for assign in tree.find_all(nodes.Assign):
        yield assign.node


def in_template(source: str) -> list[str]:
    """Return the texts in a template's source that no catalogue can reach, in reading order."""
    env = Environment(  # noqa: S701 - reads the tree only, renders nothing
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    )
    tree = env.parse(source)
    page = _Page()
    page.feed("".join(_html(tree)))
    page.close()
    told = [text for expr in _outermost(tree) for text in _literals(expr)]
    return page.found + [text for text in told if SENTENCE.search(text) and _words(text)]


def in_templates(paths: list[Path]) -> list[str]:
    """Return ``file: text`` for each text that was written out."""
    return [f"{path.name}: {text}" for path in paths for text in in_template(path.read_text())]
