"""Files as people and attackers send them."""
import io
import zipfile
import zlib

from django.core.files.base import ContentFile
from PIL import Image

A4 = (1240, 1754)


def picture(form="JPEG", size=(60, 40), colour="white", mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def sheets(pages=1) -> bytes:
    """A PDF of so many pages."""
    out = io.BytesIO()
    first, *others = [Image.new("RGB", (120, 170), (250, 250, n % 256)) for n in range(pages)]
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()


def pdf(catalog=b"", extra=b"") -> bytes:
    """A small PDF written by hand, with something put into its catalogue and something appended as objects."""
    return b"""%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R """ + catalog + b""" >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >> endobj
""" + extra + b"""
trailer << /Root 1 0 R >>
%%EOF
"""


def packed_object(inner: bytes) -> bytes:
    """An object hidden in a compressed object stream."""
    packed = zlib.compress(b"9 0 " + inner)
    return b"8 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n%s\nendstream endobj" % (len(packed), packed)


def archive(name="a.txt", content=b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr(name, content)
    return out.getvalue()


def png_bomb() -> bytes:
    """A few kilobytes that unpack to 400 million pixels."""
    return picture("PNG", (20000, 20000), 0, "1")


def exif() -> Image.Exif:
    """Turned on its side, taken at a known place."""
    data = Image.Exif()
    data[0x0112] = 6
    data[0x010F] = "SECRETCAMERA"
    data.get_ifd(0x8825)[1] = "N"
    data.get_ifd(0x8825)[2] = (28.2, 0.0, 0.0)
    return data


def upload(data: bytes, name="proof.jpg") -> ContentFile:
    """An upload whose name nobody has tidied."""
    file = ContentFile(data)
    file.name = name
    return file
