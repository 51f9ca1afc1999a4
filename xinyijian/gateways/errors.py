"""What can go wrong outside: nobody answered, or somebody said no."""


class Unavailable(Exception):
    """No usable answer. The work may or may not have been done: ask again with the same key."""


class Rejected(Exception):
    """The other side understood and said no. Asking again will not help; a person must read `text`."""

    def __init__(self, code: str, text: str):
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text
