"""The file: opened from our own template, saved without a trace of who made it or on which machine."""

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import cast

import pptx
from lxml.etree import _Element
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from core.words import language_tag

TEMPLATE = Path(__file__).with_name("trace.pptx")  # made by make_template.py
WIDTH, HEIGHT = 13.333, 7.5  # inches
MARGIN = 0.62
LONGEST_TITLE = 255  # characters
APP_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>TRACE</Application></Properties>"
)


def new_presentation() -> Presentation:
    """Without slides; its layouts are 'title' and 'slide'."""
    return pptx.Presentation(str(TEMPLATE))


def title_layout(presentation: Presentation) -> SlideLayout:
    return cast("SlideLayout", presentation.slide_layouts.get_by_name("Title Slide"))  # ours has both


def slide_layout(presentation: Presentation) -> SlideLayout:
    return cast("SlideLayout", presentation.slide_layouts.get_by_name("Title Only"))


def saved(presentation: Presentation, *, title: str, at: datetime.datetime) -> bytes:
    """The same bytes for the same slides: all times in it are `at`; `title` on one line, LONGEST_TITLE at most."""
    about = presentation.core_properties
    about.title, about.language = title, language_tag()
    about.author = about.last_modified_by = about.comments = about.subject = about.keywords = ""
    about.created = about.modified = at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    about.revision = 1
    for part in presentation.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APP_PROPERTIES.encode()
        elif part.partname.endswith(".xlsx"):
            part._blob = with_fixed_times(part.blob, at)
        elif part.partname.startswith("/ppt/notesMasters/") and hasattr(part, "_element"):
            _without_date(part._element)
    file = io.BytesIO()
    presentation.save(file)
    return with_fixed_times(file.getvalue(), at)


def with_fixed_times(package: bytes, at: datetime.datetime) -> bytes:
    """An Office file, its members' times and those of its properties all `at`."""
    stamp = at.astimezone(datetime.UTC)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = read.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(W3CDTF\">)[^<]*", rb"\g<1>" + f"{stamp:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            member = zipfile.ZipInfo(name, date_time=stamp.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, content)
    return out.getvalue()


def _without_date(notes_master: _Element) -> None:
    for field in list(notes_master.iter(qn("a:fld"))):
        if field.get("type", "").startswith("datetime"):
            field.getparent().remove(field)
