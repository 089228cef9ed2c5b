"""Everything a page needs, one module a concept."""
