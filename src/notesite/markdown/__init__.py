"""Python-Markdown extensions that show notes as their author wrote them; no MkDocs in them."""
