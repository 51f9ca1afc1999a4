"""One table of what is kept about a person."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator

SHOWN = 100  # rows of a section on the screen; a file has them all


@dataclass
class Section:
    """A table: columns as {code: word}, rows as {code: plain value}."""

    code: str
    title: str
    columns: dict
    rows: list = field(default_factory=list)

    def shown(self, number=1):
        """A page of the rows as {section, page}; a number that there is not is the last page."""
        page = Paginator(self.rows, SHOWN).get_page(number)
        return {"section": Section(self.code, self.title, self.columns, list(page)), "page": page}

    def cells(self) -> list[list[tuple]]:
        """The rows in the order of the columns, each value with the word over it."""
        return [[(word, row.get(code, "")) for code, word in self.columns.items()] for row in self.rows]
