"""A logo as it is kept: drawn anew as a small PNG, so that nothing else of the file that came is carried on."""

from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
LARGEST_FILE = 1_000_000  # bytes
LARGEST_PICTURE = 10_000_000  # pixels
BOX = (240, 80)  # pixels, as it is shown; kept with twice as many
SMALL = 60_000  # bytes: every letter carries it
MARGIN = 8  # pixels of white around it, where a page is dark


@dataclass(frozen=True)
class Logo:
    png: bytes
    width: int  # as it is shown
    height: int


def logo_of(content: bytes, name: str) -> Logo:
    """Raises a ValidationError with what to do."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("This file is larger than 1 MB. Save the logo smaller, and choose that file."))
    return _kept(_opaque(_read(content, name)))


def _read(content: bytes, name: str) -> Image.Image:
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PICTURE:
            raise ValidationError(
                _("This picture has more than 10 million pixels. Save the logo smaller, and choose that file.")
            )
        picture.load()
        Image.open(BytesIO(content)).verify()  # a library for documents lets Pillow load what is cut off
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_what_it_is(content, name)) from None
    return ImageOps.exif_transpose(picture)


def _what_it_is(content: bytes, name: str) -> str:
    if name.lower().endswith((".svg", ".svgz")) or b"<svg" in content[:2000].lower():
        return _(
            "This is an SVG file, which most mail programs do not show. Save the logo as PNG, and choose that file."
        )
    return _("This is no picture that can be read. Choose a PNG, JPEG, GIF or WebP file.")


def _opaque(picture: Image.Image) -> Image.Image:
    """On white, without what is clear around it: in dark mail programs a dark logo could not be seen."""
    picture = picture.convert("RGBA")
    if visible := picture.getchannel("A").getbbox():
        picture = picture.crop(visible)
    picture.thumbnail((2 * BOX[0], 2 * BOX[1]))
    ground = Image.new("RGB", (picture.width + 2 * MARGIN, picture.height + 2 * MARGIN), "white")
    ground.paste(picture, (MARGIN, MARGIN), picture)
    return ground


def _kept(picture: Image.Image) -> Logo:
    content = _png(picture)
    if len(content) > SMALL:
        content = _png(picture.quantize(64))
    return Logo(content, -(-picture.width // 2), -(-picture.height // 2))


def _png(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
