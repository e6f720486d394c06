"""Colours, marks and measures of results for figures and still images.

`tokens.css` and the components of the map say the same to pages; tests compare.
"""

INK = "#14272D"
INK_2 = "#44575D"
LINE_STRONG = "#6F8388"
LINE = "#CBD5D4"
MIST = "#F2F5F4"
PAPER = "#FFFFFF"
HATCH = "#9FB0B3"

# The brand, in slides: of lines and words, of bars, of the rings on a cover; and what asks for a word about it.
PETROL_700, PETROL_600, PETROL_300 = "#0C5160", "#12677A", "#82A8AF"
OCHRE_500 = "#C9780A"

# By level 1–4: fill, text on it.
LEVEL_FILLS = ("#FBE29B", "#B8CDB7", "#589EA8", "#0A4150")
LEVEL_INKS = (INK, INK, INK, PAPER)

# By class of answers, as `ClassView.css` names them: fill, text on it. "Don’t know" is drawn with an outline.
ANSWER_FILLS = {
    "answer-1": "#FBE29B",
    "answer-2": "#B8CDB7",
    "answer-3": "#8AB9B6",
    "answer-4": "#1A6E80",
    "answer-5": "#0A4150",
    "answer-dont-know": PAPER,
}
ANSWER_INKS = {
    "answer-1": INK,
    "answer-2": INK,
    "answer-3": INK,
    "answer-4": PAPER,
    "answer-5": PAPER,
    "answer-dont-know": INK_2,
}

# Of a clear difference between groups.
HIGHER, LOWER = "#1F5F8B", "#9C5208"

FONT = (  # then fonts for names in other scripts
    "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, "
    "'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', 'Noto Sans Thai', 'Noto Sans CJK SC', 'Noto Color Emoji', "
    "'WenQuanYi Micro Hei', 'FreeSans', 'Symbola', sans-serif"
)

# The ring of a space, in px around its middle: a dot, then a ring that widens inside a faint rim.
RING_RIM = 11.9
RING_DOTS = {"self": 4.2, "team": 2, "organisation": 2, "system": 2}
RINGS = {"team": 6.2, "organisation": 8.9, "system": 11.6}

# The cells of the map, in px: how high they are without a likely range, with one, and with two lines beneath it.
CELL_GAP = 4
CELL_OF_ONE, CELL_OF_MANY, CELL_WITH_TWO_LINES = 66, 84, 100
CELL_OF_THREE_LINES = 70  # on a phone, where two words stand above a score
SECOND_LINE = 9  # by which all of a cell moves up for a second line
RANGE_WIDTH, RANGE_HEIGHT = 84, 12  # of the track with its ticks
RANGE_BELOW = 4  # its middle, beneath that of the cell
CAMPS_WIDTH = 34
BETWEEN = 8  # by which two words stand above the middle of their place, and their score below it
HEAD_NOTE = 17  # of a line beneath the name of a column
CORNER = 14  # of a cell of one or two statements, which is cut off
