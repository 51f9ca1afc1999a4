"""What is left of personal text on a screen that does not need the whole."""
import re


def name(text):
    """李晓兰 → 李**, Li Wei → L*****: the surname or first letter stays."""
    return text[:1] + "*" * (len(text) - 1)


def certificate(text):
    """439999********0017: first six and last four; short numbers show only the last two."""
    if len(text) < 12:
        return "*" * (len(text) - 2) + text[-2:] if len(text) > 4 else "*" * len(text)
    return text[:6] + "*" * (len(text) - 10) + text[-4:]


def phone(text):
    """199****0001: three and four; other numbers show only the last two."""
    if re.fullmatch(r"\d{11}", text):
        return text[:3] + "****" + text[-4:]
    return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 4 else "*" * len(text)


def email(address):
    """l***@example.com: the first letter and the domain."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"
