"""Numbers that people can read out and nobody can count: RC439901-261123-K7Q4MXBT."""
import secrets

from xinyijian.casework.days import local

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: 31 characters, none that look alike


def new_number(prefix: str, region: str, at) -> str:
    """Kind, region, day, seven random characters and a check character."""
    body = f"{prefix}{region}-{local(at):%y%m%d}-" + "".join(secrets.choice(ALPHABET) for _ in range(7))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Weights 3^i mod 31 catch every single slip and every swap of two characters."""
    values = [ALPHABET.index(c) for c in body if c != "-"]
    return ALPHABET[-sum(v * pow(3, i, 31) for i, v in enumerate(values)) % 31]


def is_valid(number: str) -> bool:
    """Whether the check character fits; anything that cannot be a number does not."""
    body = number[:-1].replace("-", "")
    if not body or any(c not in ALPHABET for c in body):
        return False
    return check_character(number[:-1]) == number[-1]
