"""The search over the notes: what is indexed, and the index built by the code that is asked in the browser."""
