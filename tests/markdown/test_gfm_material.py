"""Material's features go on working beside GitHub's Markdown."""

import re
from pathlib import Path

import markdown
import pytest
import yaml
from material.extensions.emoji import to_svg, twemoji
from pymdownx.superfences import fence_code_format

CASES = yaml.safe_load((Path(__file__).parent / "gfm_material.yml").read_text("utf-8"))
EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.blocks.admonition "
    "pymdownx.blocks.details pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.highlight "
    "pymdownx.inlinehilite pymdownx.keys pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed "
    "pymdownx.tasklist pymdownx.tilde"
).split()
OPTIONS = {
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence_code_format}]},
    "toc": {"permalink": True},
}


@pytest.mark.parametrize("place", [0, len(EXTENSIONS)], ids=["first", "last"])
@pytest.mark.parametrize("name", CASES)
def test_feature_in_any_order_of_extensions(name: str, place: int) -> None:
    extensions = [*EXTENSIONS[:place], "notesite.markdown.gfm", *EXTENSIONS[place:]]
    html = markdown.markdown(CASES[name]["md"], extensions=extensions, extension_configs=OPTIONS)
    page = re.sub(r"\s*\n\s*", "", html)
    assert not [piece for piece in CASES[name]["has"] if piece not in page], html
    assert not [piece for piece in CASES[name].get("lacks", ()) if piece in page], html
