"""One row by itself, seen by the processes that read: is it well formed, what are its digests, and sealed."""

import csv
import io
import re
from datetime import date
from itertools import islice

from django.core.exceptions import ValidationError

from .. import certificates, masking
from ..crypto import digester, encrypt_many, normalised
from .columns import GROUPS, LINKS, PERSONS, SHARE, WHOLE
from .reading import Chunk

RELATIONS, SEXES, CERT_TYPES = {"spouse", "parent", "child"}, {"0", "1", "2", "9"}, set(certificates.CertType.values)
NUMBER, CODE, PHONE = (re.compile(p) for p in (r"[0-9A-Za-z]{1,30}", r"[0-9A-Za-z]{0,6}", r"(\+?[0-9]{5,15})?"))
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})  # the text format of COPY
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
NONE = "\\N"


def rows_of(chunk: Chunk):
    """(line number, cells) of each row; no cells where a cell is too long to be read."""
    reader, line = csv.reader(io.StringIO(chunk.text, newline="")), chunk.first
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = [""]
        if row:  # an empty line is no row
            yield line, row
        line = chunk.first + reader.line_num


def cells(chunk: Chunk, columns, wanted=None):
    """(line number, {column: text without spaces around it} or None when the number of cells is wrong) of each row, or the wanted."""
    for line, row in rows_of(chunk):
        if wanted is None or wanted[line - chunk.first]:
            fits = len(row) == len(columns)
            yield line, {column: row[at].strip() for column, at in zip(columns, chunk.order, strict=True)} if fits else None


def persons_seen(chunk: Chunk) -> bytes:
    """For COPY: line and digest of the whole row, however wrong it is; a row that was taken once need not be looked at again."""
    roster = digester("roster")
    return "".join([_copied(line, _whole([row[at] for at in chunk.order], roster)) for line, row in _wide_enough(chunk)]).encode()


def _wide_enough(chunk):
    """A row with too few or too many cells gets a digest that nobody has."""
    width = len(chunk.order)
    return ((line, row if len(row) == width else [""] * width) for line, row in rows_of(chunk))


def _whole(texts, roster):
    return roster("\0".join([text.strip() for text in texts]))[:WHOLE]


def persons_checked(task) -> bytes:
    """For COPY: line, problems, masked number, kind and digest of the certificate, psn_no, region, digest of the row."""
    chunk, as_of, wanted = task
    digests = digester("certificate"), digester("roster")
    return "".join(_checked_person(line, row, as_of, *digests) for line, row in cells(chunk, PERSONS, wanted)).encode()


def _checked_person(line, row, as_of, certificate, roster):
    if row is None:
        return _copied(line, "columns", "", "", "", "", "", "")
    number, problems = _certificate(row)
    problems += _person_problems(row, number, as_of)
    masked = _masked(number)
    if problems:
        return _copied(line, ",".join(problems), masked, "", "", "", "", "")
    said = row_digest(row, number, roster)
    return _copied(line, "", masked, row["cert_type"], certificate(normalised(number)), row["psn_no"], row["region"], said)


def _masked(number):
    return CONTROL.sub("?", masking.certificate(number[:30])).translate(ESCAPED)


def _certificate(row):
    """The number as we keep it, and what is wrong with it."""
    if row["cert_type"] not in CERT_TYPES:
        return certificates.tidy(row["cert_number"]), ["cert_type"]
    try:
        return certificates.validate(row["cert_number"], row["cert_type"]), []
    except ValidationError as error:
        return certificates.tidy(row["cert_number"]), [error.code]


def _person_problems(row, number, as_of):
    born, died = _day(row["born_on"]), _day(row["died_on"])
    tests = {
        "name_missing": not row["name"],
        "name_format": len(row["name"]) > 100 or bool(CONTROL.search(row["name"])),
        "sex": row["sex"] not in SEXES,
        "born": born is None,
        "born_later": born is not None and born > as_of,
        "born_differs": born is not None and row["cert_type"] in certificates.CHECKED and number[6:14] != f"{born:%Y%m%d}",
        "died": bool(row["died_on"]) and (died is None or born is None or not born <= died <= as_of),
        "psn_no": not NUMBER.fullmatch(row["psn_no"]),
        "insutype": not CODE.fullmatch(row["insutype"]),
        "psn_type": not CODE.fullmatch(row["psn_type"]),
        "phone": not PHONE.fullmatch(certificates.tidy_phone(row["phone"])),
        "address": len(row["address"]) > 200 or bool(CONTROL.search(row["address"])),
        "region": not re.fullmatch("[0-9]{6}", row["region"]),
    }
    return [code for code, wrong in tests.items() if wrong]


def row_digest(row, number, roster) -> str:
    """What the roster says of her, whole and group by group; the certificate is in it, so that equal words of two people differ."""
    texts = (f"{name}\0{number}\0" + "\0".join(row[column] for column in columns) for name, columns in GROUPS.items())
    return _whole([row[column] for column in PERSONS], roster) + "".join([roster(text)[:SHARE] for text in texts])


def persons_sealed(task) -> bytes:
    """For COPY: the wanted rows as they stand in the table, sealed. `verdicts` has one letter a line: n new, c changed."""
    chunk, verdicts = task
    wanted = [(verdicts[line - chunk.first], row) for line, row in cells(chunk, PERSONS, verdicts)]
    digests = [digester(purpose) for purpose in ("name", "certificate", "phone", "roster")]
    for _verdict, row in wanted:
        number = certificates.tidy(row["cert_number"])
        row |= {"said": row_digest(row, number, digests[-1]), "cert_number": number, "phone": certificates.tidy_phone(row["phone"])}
    sealed = iter(encrypt_many([row[column] for _verdict, row in wanted for column in ("name", "cert_number", "phone", "address")]))
    return "".join(_sealed_person(verdict, row, digests, *islice(sealed, 4)) for verdict, row in wanted).encode()


def _sealed_person(verdict, row, digests, *sealed):
    name, certificate, phone, _roster = digests
    found_by = (name(normalised(row["name"])), certificate(normalised(row["cert_number"])), phone(row["phone"]) if row["phone"] else "")
    plain = (row["psn_no"], row["born_on"], row["sex"], row["region"], row["insutype"], row["psn_type"], row["died_on"] or NONE)
    return _copied(chr(verdict), *sealed, *found_by, row["cert_type"], *plain, row["said"])


def links_checked(task) -> bytes:
    """For COPY: line, problems, masked number, and the columns of the row."""
    chunk, as_of = task
    return "".join(_checked_link(line, row, as_of) for line, row in cells(chunk, LINKS)).encode()


def _checked_link(line, row, as_of):
    if row is None:
        return _copied(line, "columns", "", "", "", "", NONE, NONE, "", NONE)
    problems, masked = _link_problems(row, as_of), _masked(row["person"])
    if problems:
        return _copied(line, ",".join(problems), masked, "", "", "", NONE, NONE, "", NONE)
    days = (row["since"], row["until"] or NONE, row["proof"].translate(ESCAPED), row["verified_on"] or NONE)
    return _copied(line, "", masked, row["person"], row["relative"], row["relation"], *days)


def _link_problems(row, as_of):
    since, until, verified = (_day(row[column]) for column in ("since", "until", "verified_on"))
    tests = {
        "person": not NUMBER.fullmatch(row["person"]),
        "relative": not NUMBER.fullmatch(row["relative"]),
        "link_self": row["person"] == row["relative"],
        "relation": row["relation"] not in RELATIONS,
        "since": since is None,
        "until": bool(row["until"]) and (until is None or since is None or until < since),
        "proof": len(row["proof"]) > 100 or bool(CONTROL.search(row["proof"])),
        "verified": bool(row["verified_on"]) and (verified is None or verified > as_of or not row["proof"]),
    }
    return [code for code, wrong in tests.items() if wrong]


def _day(text):
    """The date, written YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _copied(*values) -> str:
    return "\t".join(map(str, values)) + "\n"
