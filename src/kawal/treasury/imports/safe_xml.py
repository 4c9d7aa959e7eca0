"""XML from others, read without entities: a small tree that knows the line of each element."""

from typing import Any
from xml.parsers import expat

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_

DEEPEST = 64
LARGEST = 64 * 1024 * 1024  # bytes; a year of a busy account is a tenth of it


class Element:
    """An element without its namespace: line, attributes, text, and what is in it."""

    __slots__ = ("attributes", "children", "line", "namespace", "tag", "texts")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.namespace, _, self.tag = name.rpartition(" ")
        self.attributes = attributes
        self.line = line
        self.texts: list[str] = []
        self.children: list[Element] = []

    def all(self, path: str) -> list["Element"]:
        """Return every element below by a path such as ``Ntry/Amt``."""
        found = [self]
        for tag in path.split("/"):
            found = [child for one in found for child in one.children if child.tag == tag]
        return found

    def first(self, *paths: str) -> "Element | None":
        """Return the first element that one of the paths leads to."""
        return next((found[0] for path in paths if (found := self.all(path))), None)

    def text(self, *paths: str) -> str:
        """Return the text there, or nothing."""
        found = self.first(*paths)
        return "".join(found.texts).strip() if found else ""


class _Tree:
    def __init__(self) -> None:
        self.top = Element("", {}, 0)
        self.open = [self.top]
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _name: self.open.pop()
        self.parser.CharacterDataHandler = lambda text: self.open[-1].texts.append(text)
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) > DEEPEST:
            text = N_("Berkas XML ini bersarang terlalu dalam.")
            raise Refused([Reason("xml.deep", text, str(line))])
        element = Element(name, attributes, line)
        self.open[-1].children.append(element)
        self.open.append(element)

    def _refuse_doctype(self, *_: object) -> None:
        text = N_("Berkas XML dengan DOCTYPE atau entitas tidak diterima.")
        raise Refused([Reason("xml.doctype", text, str(self.parser.CurrentLineNumber))])


def read_xml(data: bytes) -> Element:
    """Return the root element of a document.

    :raises Refused: when it is too big or deep, has a DOCTYPE (the only door to entities), or
        is broken or truncated; with the line.
    """
    if len(data) > LARGEST:
        raise Refused([Reason("xml.large", N_("Berkas XML ini terlalu besar."))])
    tree = _Tree()
    try:
        tree.parser.Parse(data, True)
    except expat.ExpatError as broken:
        text = N_("Berkas XML ini rusak atau terpotong di baris ini.")
        raise Refused([Reason("xml.broken", text, str(broken.lineno))]) from None
    return tree.top.children[0]
