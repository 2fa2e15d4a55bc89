"""A folder of Markdown paper notes becomes a site: one page per paper, nothing twice, nothing lost."""
