"""The groups of a launched survey in which people are asked, with the names of those above."""

from diagnostics.surveys.models import Survey, SurveyGroup


def leaves_with_paths(survey: Survey) -> list[tuple[SurveyGroup, str]]:
    """In tree order; the root is left out of the path, for it is above all of them."""
    groups = {group.pk: group for group in survey.groups.all()}
    parents = {group.parent_id for group in groups.values()}
    return [(group, path_of(group, groups)) for group in groups.values() if group.pk not in parents]


def path_of(group: SurveyGroup, groups: dict[int, SurveyGroup]) -> str:
    names = [group.name]
    while group.parent_id and groups[group.parent_id].parent_id:
        group = groups[group.parent_id]
        names.append(group.name)
    return " › ".join(reversed(names))
