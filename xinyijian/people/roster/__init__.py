"""The roster (参保名册): persons and family ties from the bureau's files, as often as the bureau likes.

Rows are looked at twice. First each row alone, by processes that see clear text and hand the database only digests: the
database then judges all rows as a set (twice in the file, unknown place, known person, changed or not). Then only rows that
are new or changed are sealed and written, a batch a transaction. What was written is known by its digest, so an import that
was killed is simply run again.

A digest says what the roster said last, in three groups. A group is written only when the roster itself says something
new about it; a correction made here stands as long as the roster repeats itself.
"""
