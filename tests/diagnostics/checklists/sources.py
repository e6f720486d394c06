"""Sources of checklists as people make them, by chance."""

from dataclasses import replace

from hypothesis import strategies as st

from diagnostics.checklists import drafting
from diagnostics.checklists.model_words import asking, model_source
from diagnostics.checklists.source import SPACES, WORDINGS, Source, asks_of

KEYS = [one.key for one in model_source().indicators]
STATEMENTS = [f"{key}.{space}" for key in KEYS for space in SPACES]
# Words as they come from offices: several scripts, quotation marks, what YAML and Excel might take for something else.
WORDS = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"])
        | st.just(" "),
        min_size=1,
        max_size=60,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
TRICKY = st.sampled_from(
    ["yes", "no", "null", "12", "=1+1", "- a", "a: b", "# a", "'", '"a"', "{leader}", "1e3", "2026-01-01", "~"]
)
TEXTS = WORDS | TRICKY


def identity(source: Source, key: str, wording: str) -> str:
    """What a statement asks."""
    return asks_of(key, wording, source.indicator(key).wordings[wording], source.model)


@st.composite
def own_sources(draw: st.DrawFn) -> Source:
    """A choice of the model's statements, some reworded, some added, in an order of their own."""
    asked = draw(st.sets(st.sampled_from(STATEMENTS), min_size=1, max_size=20))
    source = replace(asking(model_source(), asked), name=draw(TEXTS), primary_space=draw(st.sampled_from(SPACES)))
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=3)):
        wording = draw(st.sampled_from(WORDINGS))
        text = draw(TEXTS) + (" {leader}" if wording == "observer" else "")
        like = identity(source, key, wording) if draw(st.booleans()) else ""
        source = drafting.reworded(source, key, wording, text, like=like)
        source = drafting.moved(source, key, draw(st.sampled_from([-2, -1, 1, 2])))
    for _number in range(draw(st.integers(0, 2))):
        key = drafting.free_key(source)
        condition = draw(st.sampled_from(source.conditions)).key
        source = drafting.with_new_indicator(source, condition, title=draw(TEXTS))
        source = drafting.reworded(source, key, draw(st.sampled_from(SPACES)), draw(TEXTS))
    return replace(source, matters_most=draw(st.sampled_from(["", None]) | TEXTS))
