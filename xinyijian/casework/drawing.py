"""Draws a received file anew as plain page pictures. Runs as a short-lived process of its own: what it opens may be hostile.

Usage: python -I drawing.py jpeg|png|webp|pdf < file; on stdout each page as 4 bytes of length and a JPEG. Exit code 3 and a word
on stderr when the file is refused; any other failure means that the file could not be read.
"""
import io
import resource
import struct
import sys

MEMORY, SECONDS = 1 << 30, 20  # bytes of address space, seconds of processor time
LARGEST_PICTURE = 64_000_000  # pixels; the phones of today make 12 to 50 million
MOST_PAGES = 30
LONG_SIDE = 2000  # pixels of a drawn page: the small print of a scanned A4 sheet stays legible
QUALITY = 82


class No(Exception):
    """The file is refused; the word says why (documents.py turns it into sentences)."""


def pictures(data: bytes, form: str):
    """The picture itself, upright, without its metadata, on white."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit stands below, before anything is decoded
    with Image.open(io.BytesIO(data), formats=[form.upper()]) as found:
        if found.width * found.height > LARGEST_PICTURE:
            raise No("too_many_pixels")
        found.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded near the wanted size at once
        upright = ImageOps.exif_transpose(found)
        yield on_white(upright)


def on_white(image):
    """RGB; whatever was transparent becomes paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def pdf_pages(data: bytes):
    """Every page as it would be printed; nothing of the file's inner life survives that."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise No("locked" if "password" in str(error).lower() else "unreadable") from error
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        raise No("active")
    if not 1 <= len(document) <= MOST_PAGES:
        raise No("too_many_pages" if len(document) else "unreadable")
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        if min(width, height) < 1:
            raise No("unreadable")
        yield page.render(scale=LONG_SIDE / max(width, height)).to_pil().convert("RGB")


def draw(data: bytes, form: str, out) -> None:
    """Write every page to `out`."""
    for page in pdf_pages(data) if form == "pdf" else pictures(data, form):
        page.thumbnail((LONG_SIDE, LONG_SIDE))
        jpeg = io.BytesIO()
        page.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
        out.write(struct.pack(">I", jpeg.tell()) + jpeg.getvalue())


def main(form: str) -> int:
    """Confined before the first byte is looked at."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no business with files
    try:
        draw(sys.stdin.buffer.read(), form, sys.stdout.buffer)
    except No as no:
        sys.stderr.write(str(no))
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
