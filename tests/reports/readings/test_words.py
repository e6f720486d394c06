"""Words that a report needs hundreds of times."""

from django.utils import translation

from reports.readings.words import once_per_language


def test_words_are_looked_up_once_for_each_language_and_what_they_are_about():
    asked = []

    @once_per_language
    def words(number: int) -> str:
        asked.append(number)
        return f"{translation.get_language()} {number}"

    for language in ("en-gb", "de", "en-gb"):
        with translation.override(language):
            assert [words(1), words(2), words(1)] == [f"{language} 1", f"{language} 2", f"{language} 1"]
    assert asked == [1, 2, 1, 2]
