"""Years of the working calendar as YAML: {2026: {published: true, source: …, holidays: {day: name}, makeup: {day: name}}}."""
from pathlib import Path

import yaml
from django.conf import settings

from .models import CalendarYear
from .services import put_year

FILE = settings.BASE_DIR / "fixtures" / "calendar.yaml"


def read_years(path: Path = FILE) -> dict[int, dict]:
    """The years of a file; ValueError when a day is both a holiday and worked, or far from its year."""
    years = yaml.safe_load(Path(path).read_text("utf-8"))
    for year, notice in years.items():
        holidays, worked = notice.get("holidays") or {}, notice.get("makeup") or {}
        if twice := holidays.keys() & worked.keys():
            raise ValueError(f"{year}: {min(twice)} is both a holiday and a make-up day")
        if wrong := [day for day in (*holidays, *worked) if abs(day.year - year) > 1]:
            raise ValueError(f"{year}: {min(wrong)} does not belong to that year's notice")
    return years


def write_year(year: int, notice: dict) -> None:
    """Put a year's notice in place of what was known of that year."""
    days = {day: ("holiday", name) for day, name in (notice.get("holidays") or {}).items()}
    days |= {day: ("makeup", name) for day, name in (notice.get("makeup") or {}).items()}
    put_year(year, days, published=notice["published"], source=notice["source"])


def load_years(years: dict[int, dict]) -> list[str]:
    """Write the years; one that an office has published is never unpublished by a file. Returns a line for each."""
    published = set(CalendarYear.objects.filter(published=True).values_list("year", flat=True))
    for year, notice in years.items():
        if year not in published:
            write_year(year, notice)
    return [f"{year}: {_outcome(year in published, notice['published'])}" for year, notice in years.items()]


def _outcome(kept: bool, published: bool) -> str:
    if kept:
        return "kept, it is published"
    return "loaded" if published else "loaded, not published"
