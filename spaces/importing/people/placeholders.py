"""What people and programs write into a cell that holds nothing."""

_NOTHING = """
    - -- --- – — . … * ? x n/a na n.a. n.a n/d nd none null nil nan tbc tbd unknown undefined empty blank (blank)
    keine keiner entfällt unbekannt aucun aucune néant ninguno ninguna nessuno geen brak nenhum ingen ikke dim
    #n/a #nv #ref! #value! #wert! #name? #div/0! #null! #num! #spill! #calc! #bezug! #error!
"""
NOTHING = frozenset(_NOTHING.split())


def says_nothing(cell: str) -> bool:
    """Whether it stands for an empty cell.

    >>> [says_nothing(cell) for cell in ("N/A", "-", "#REF!", "None", "Nora")]
    [True, True, True, True, False]
    """
    return cell.casefold() in NOTHING
