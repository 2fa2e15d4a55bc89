"""Files written into the page itself, so that it stands alone."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from typing import Final

from notesite.markdown.katex import assets

FONT: Final = re.compile(r"src:url\((fonts/[\w-]+\.woff2)\)[^}]*")


def data_uri(file: Path) -> str | None:
    """The file as a `data:` address; None where it can't be read."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def formula_styles() -> str:
    """KaTeX's style sheets with the fonts in them."""
    files = assets()
    sheets = (files[name].read_text(encoding="utf-8") for name in files if name.endswith(".css"))
    return FONT.sub(lambda match: f"src:url({data_uri(files[match[1]])})", "\n".join(sheets))
