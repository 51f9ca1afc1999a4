"""What can go wrong outside: nobody answered, or somebody said no."""


class Unavailable(Exception):
    """No usable answer. The work may or may not have been done: ask again with the same key."""


class Rejected(Exception):
    """The other side understood and said no. Asking again will not help; a person must read `text`.

    `reference` is the other side's own number of its answer, for when somebody telephones about it.
    """

    def __init__(self, code: str, text: str, reference: str = ""):
        super().__init__(f"{code}: {text}" + (f" [{reference}]" if reference else ""))
        self.code, self.text, self.reference = code, text, reference
