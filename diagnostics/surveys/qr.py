"""The QR code of a shared link, as SVG that stands in a page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """A square without a size of its own: style gives it one. Correction level M survives a crumpled poster."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, light="#fff"))  # noqa: S308
