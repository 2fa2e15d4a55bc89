"""Writing into Python-Markdown's ElementTree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX, AtomicString

from notesite.markdown.gfm.html import ENDED_BY

_ENTITY: Final = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_ITEM: Final = (
    r"(?:[.#][A-Za-z][\w:-]*|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*')|(?:target|rel|width|height|align|loading)=[\w%]+)"
)
ATTRIBUTE_LIST: Final = re.compile(rf"\{{:?[ ]*{_ITEM}(?:[ ]+{_ITEM})*[ ]*\}}")
"""What `attr_list` may read as attributes; it would take any other braces too, such as `{-1, 0, 1}`."""
_BRACES: Final = re.compile(rf"({ATTRIBUTE_LIST.pattern})|\{{")
_BRACE: Final = f"{STX}{ord('{')}{ETX}"


def literal(text: str) -> str:
    """Text as Python-Markdown must get it to show it as it is: `&copy;` no entity, `{x}` no attribute list."""
    if "&" in text:
        text = _ENTITY.sub("&amp;", text)
    return _BRACES.sub(lambda match: match[1] or _BRACE, text) if "{" in text else text


def escaped(character: str) -> str:
    """A character such that no pattern of another extension takes it for markup.

    `<` and `>` stay: no pattern runs on them, and the table of contents would get them bare, as the start of a tag.
    """
    return character if character in "<>" else f"{STX}{ord(character)}{ETX}"


class Written(Element):
    """An element made from a note's Markdown, so its text is finished; other extensions make plain elements."""


@dataclass(slots=True)
class _Frame:
    element: Element
    html: str = ""
    """The tag's name where the author opened it in HTML."""


class Tree:
    """A cursor that writes below an element; what it writes is well-formed, in whatever order HTML tags come."""

    def __init__(self, root: Element) -> None:
        self._frames = [_Frame(root)]
        self._late: list[str] = []

    @property
    def top(self) -> Element:
        """The element that is open."""
        return self._frames[-1].element

    def open(self, tag: str, attributes: Mapping[str, object] | None = None, html: str = "") -> Element:
        """Begin an element; `html` is the name of the author's tag, if it was one."""
        while (open_html := self._frames[-1].html) and tag in ENDED_BY.get(open_html, ()):
            self._frames.pop()
        element = Written(tag)
        for name, value in (attributes or {}).items():
            element.set(name, literal_attribute(str(value)))
        self.top.append(element)
        self._frames.append(_Frame(element, html))
        return element

    def close(self) -> Element:
        """End the innermost element that is not the author's HTML, with any HTML left open in it."""
        while self._frames[-1].html:
            self._frames.pop()
        closed = self._frames.pop().element
        late, self._late = self._late, []
        for name in late:
            self.close_html(name)
        return closed

    def close_html(self, name: str) -> None:
        """End the author's tag of this name, if it is open within the innermost element that is not HTML.

        In a paragraph, as in `text</details>`, it may be one round the paragraph; it ends with that.
        """
        for place in range(len(self._frames) - 1, 0, -1):
            if not self._frames[place].html:
                if self._frames[place].element.tag == "p":
                    self._late.append(name)
                return
            if self._frames[place].html == name:
                del self._frames[place:]
                return

    def leaf(self, tag: str, attributes: Mapping[str, object] | None = None, text: str = "") -> Element:
        """Write an element whose text no extension may touch."""
        element = self.open(tag, attributes)
        self._frames.pop()
        if text:
            element.text = AtomicString(text)
        return element

    def append(self, element: Element) -> None:
        """Write a finished element of another extension's."""
        self.top.append(element)

    def mark(self) -> int:
        """How deep the cursor is, for `back_to`."""
        return len(self._frames)

    def back_to(self, mark: int) -> None:
        """End everything that was opened since the mark."""
        del self._frames[mark:]

    def text(self, text: str) -> None:
        """Write text, as `literal` gives it."""
        if len(self.top):
            self.top[-1].tail = (self.top[-1].tail or "") + text
        else:
            self.top.text = (self.top.text or "") + text

    def within(self, tag: str) -> bool:
        """Whether an element of this name is open."""
        return any(frame.element.tag == tag for frame in self._frames)


def literal_attribute(value: str) -> str:
    """An attribute's value as the serialiser must get it."""
    return _ENTITY.sub("&amp;", value) if "&" in value else value
