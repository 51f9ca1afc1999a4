"""A roster of nobody: invented people of area 4399xx, whose certificates and phones cannot exist, in families of three.

The same number of persons and the same seed give the same files. Edition 2 is what the roster says a month later: one person
and one tie in a hundred have changed.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from ..certificates import check_character
from .columns import LINKS, PERSONS

REGIONS = ("439901", "439902")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玲红梅兰云志远小禾春生"
OLDEST, DAYS, SERIALS = date(1935, 1, 1), 31_000, 900  # birthdays and how many people may share one in an area
EVERY = 100  # one in so many changes from edition to edition
HOW_WRONG = {  # a bad row of each kind, made from a good one
    "cert_check": lambda row: row | {"cert_number": row["cert_number"][:-1] + ("0" if row["cert_number"][-1] != "0" else "1")},
    "born": lambda row: row | {"born_on": "1990-02-30"},
    "name_missing": lambda row: row | {"name": ""},
    "region": lambda row: row | {"region": "999999"},
    "cert_twice": lambda row: row | {"psn_no": row["psn_no"] + "D"},
}
HOW_WRONG_TIE = {
    "link_self": lambda row: row | {"relative": row["person"]},
    "relative": lambda row: row | {"relative": "439901X"},
    "relation": lambda row: row | {"relation": "cousin"},
}


def make(folder: Path, persons: int, *, seed=1, edition=1, bad=0) -> tuple[Path, Path]:
    """Write persons.csv and links.csv (two ties for three persons); `bad` rows of each come after the good ones, kind by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    people, ties = folder / "persons.csv", folder / "links.csv"
    _write(people, PERSONS, _with_bad(lambda n: person(n, seed, edition), persons, bad, HOW_WRONG))
    _write(ties, LINKS, _with_bad(lambda n: tie(n, edition), 2 * persons // 3, bad, HOW_WRONG_TIE))
    return people, ties


def person(n: int, seed: int, edition: int = 1) -> dict:
    """The n-th person as the roster states her."""
    luck, older = random.Random(seed << 32 | n), n % 3 != 2  # two parents and a child
    area, rest = divmod(n, DAYS * SERIALS)
    serial, day = divmod(rest, DAYS)
    born = OLDEST + timedelta(days=(day * 7919 + seed) % DAYS)
    number = f"4399{area + 1:02}{born:%Y%m%d}{serial + 100:03}"
    moved = edition > 1 and n % EVERY == 7
    return {
        "psn_no": f"4399R{n:010}",
        "name": luck.choice(SURNAMES) + "".join(luck.choices(GIVEN, k=luck.choice((1, 2)))),
        "cert_type": "01",
        "cert_number": number + check_character(number),
        "sex": "1" if serial % 2 else "2",
        "born_on": str(born),
        "region": REGIONS[n // 3 % 2],
        "insutype": "390" if moved else luck.choice(("310", "390")),
        "psn_type": "11" if older else "15",
        "phone": f"100{(luck.randrange(10**8) + moved) % 10**8:08}",  # no network has numbers that begin with 100
        "address": f"示例县示例路{luck.randrange(1, 999)}号{luck.randrange(1, 30)}栋{luck.randrange(101, 1808)}",
        "died_on": "",
    }


def tie(n: int, edition: int = 1) -> dict:
    """The n-th tie: the spouses of a family, then the child of the first of them."""
    family, child = divmod(n, 2)
    ended = edition > 1 and n % EVERY == 8
    return {
        "person": f"4399R{3 * family:010}",
        "relative": f"4399R{3 * family + 1 + child:010}",
        "relation": "child" if child else "spouse",
        "since": "2020-01-01",
        "until": "2026-01-31" if ended else "",
        "proof": "户口簿",
        "verified_on": "2020-01-01",
    }


def _with_bad(make_one, good, bad, kinds):
    yield from (make_one(n) for n in range(good))
    for n, wrong in zip(range(bad), list(kinds.values()) * (bad // len(kinds) + 1), strict=False):
        yield wrong(make_one(n))


def _write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
