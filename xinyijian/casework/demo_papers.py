"""Papers for the demo's cases: a page that says what it stands for."""
import hashlib
from io import BytesIO

from PIL import Image, ImageDraw

from .documents import Paper


def picture(kind, person) -> Paper:
    """A JPEG of 900 × 600 with the kind of paper and the person's key on it, and no name; ours, so it need not be drawn anew."""
    page = Image.new("RGB", (900, 600), "#f4f1ea")
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 880, 580), outline="#0b6e8a", width=6)
    pen.text((60, 60), f"DEMO {kind} {person.pk}", fill="#1f2a37", font_size=44)
    out = BytesIO()
    page.save(out, "JPEG")
    data = out.getvalue()
    return Paper(f"{kind}.jpg", len(data), hashlib.sha256(data).hexdigest(), "image/jpeg", [data])
