"""What the log says of each verb, in whole sentences.

A verb has its texts in order: the first for which every name is known is said. So the last one names nothing that may
be gone. A verb whose sentence depends on more than names has further entries: the verb, a space, and what tells them
apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audit.models import Entry

NAMED = re.compile(r"%\((\w+)\)s")


class KindOfChange(models.TextChoices):
    WORKSPACE = "workspace", _("Workspace and members")
    PEOPLE = "people", _("Groups and people")
    SURVEYS = "surveys", _("Surveys")
    CHECKLISTS = "checklists", _("Checklists")
    LINKS = "links", _("People asked and their links")
    REPORTS = "reports", _("Reports")
    LOOKS = "looks", _("What was opened and fetched")


@dataclass(frozen=True)
class Sentence:
    kind: KindOfChange
    texts: tuple[Promise, ...]

    def said(self, words: Mapping[str, str]) -> str:
        """With the names that are known; `words` has no entry for what is not."""
        texts = [str(text) for text in self.texts]
        return next(text for text in texts if set(NAMED.findall(text)) <= words.keys()) % words


def _of(kind: KindOfChange, **texts: Promise | tuple[Promise, ...]) -> dict[str, Sentence]:
    found = {verb: text if isinstance(text, tuple) else (text,) for verb, text in texts.items()}
    return {verb.replace("__", " "): Sentence(kind, said) for verb, said in found.items()}


SENTENCES = {
    **_of(
        KindOfChange.WORKSPACE,
        create_workspace=_("%(who)s made the workspace."),
        rename_workspace=_("%(who)s gave the workspace another name."),
        change_privacy_notice=_("%(who)s changed the privacy notice."),
        change_look=_("%(who)s changed how messages look."),
        change_retention=(
            _("%(who)s changed how long results are kept. Months before: %(months_before)s, now: %(months)s."),
            _("%(who)s changed how long results are kept."),
        ),
        ask_for_second_step=_("%(who)s asked a second step of everybody who signs in."),
        drop_second_step=_("%(who)s left it to the members whether they sign in with a second step."),
        reset_second_step=(
            _("The second step of %(name)s, who had lost it, was taken away by those who run the site."),
            _("The second step of a member, who had lost it, was taken away by those who run the site."),
        ),
        invite_colleague=(
            _("%(who)s invited %(address)s. Role: %(role)s."),
            _("%(who)s invited a colleague. Role: %(role)s."),
        ),
        withdraw_invitation=(
            _("%(who)s withdrew the invitation to %(address)s."),
            _("%(who)s withdrew an invitation."),
        ),
        accept_invitation=_("%(who)s accepted an invitation and became a member. Role: %(role)s."),
        change_role=(
            _("%(who)s changed the role of %(name)s from %(before)s to %(after)s."),
            _("%(who)s changed the role of somebody from %(before)s to %(after)s."),
        ),
        remove_member=(
            _("%(who)s removed %(name)s from the workspace. Role: %(role)s."),
            _("%(who)s removed a member from the workspace. Role: %(role)s."),
        ),
        delete_workspace=(_("%(who)s deleted the workspace."), _("The workspace was deleted.")),
        plan_end=(
            _("%(who)s asked for the workspace to be deleted. Reason: %(end_reason)s."),
            _("%(who)s asked for the workspace to be deleted."),
        ),
        keep_workspace=_("%(who)s kept the workspace, which was to be deleted."),
        leave_workspace=_("%(who)s left the workspace. Role: %(role)s."),
        hand_over_ownership=(
            _("%(who)s handed the workspace over to %(name)s."),
            _("%(who)s handed the workspace over to another member."),
        ),
    ),
    **_of(
        KindOfChange.PEOPLE,
        create_group=(
            _("%(who)s made the group “%(name)s”."),
            _("%(who)s made a group that has been deleted since."),
        ),
        change_group=(
            _("%(who)s changed the group “%(name)s”."),
            _("%(who)s changed a group that has been deleted since."),
        ),
        rename_group=(
            _("%(who)s gave the group “%(name)s” its name."),
            _("%(who)s gave another name to a group that has been deleted since."),
        ),
        move_group=(
            _("%(who)s moved the group “%(name)s” in the tree."),
            _("%(who)s moved a group that has been deleted since."),
        ),
        name_leader=(
            _("%(who)s changed who leads the group “%(name)s”."),
            _("%(who)s changed who leads a group that has been deleted since."),
        ),
        delete_group=_("%(who)s deleted a group."),
        add_person=(
            _("%(who)s added %(name)s to the people of the workspace."),
            _("%(who)s added somebody who has been removed since."),
        ),
        change_person=(
            _("%(who)s changed what is kept about %(name)s."),
            _("%(who)s changed what is kept about somebody who has been removed since."),
        ),
        place_person=(
            _("%(who)s placed %(name)s in another group."),
            _("%(who)s placed somebody who has been removed since in another group."),
        ),
        remove_person=_("%(who)s removed somebody from the people of the workspace."),
        move_people=(
            _("%(who)s placed several people in the group “%(name)s”. People: %(count)s."),
            _("%(who)s placed several people in another group or in none. People: %(count)s."),
        ),
        remove_people=_("%(who)s removed several people from the workspace. People: %(count)s."),
        name_leaders=_("%(who)s changed who leads several groups. Groups: %(count)s."),
        delete_groups=_("%(who)s deleted several empty groups. Groups: %(count)s."),
        import_people=_(
            "%(who)s imported a list. People added: %(added)s, people changed: %(changed)s, groups made: %(groups)s, "
            "rows left out: %(left)s."
        ),
        take_back_import=_(
            "%(who)s took an import back. People who had been added: %(added)s, changed: %(changed)s, removed: "
            "%(removed)s."
        ),
    ),
    **_of(
        KindOfChange.SURVEYS,
        create_survey=(
            _("%(who)s began the survey “%(survey)s”."),
            _("%(who)s began a survey that has been deleted since."),
        ),
        change_survey=(
            _("%(who)s changed the draft of “%(survey)s”. Step: %(step)s."),
            _("%(who)s changed the draft of “%(survey)s”."),
            _("%(who)s changed the draft of a survey that has been deleted since."),
        ),
        copy_survey=(
            _("%(who)s began “%(survey)s” as a copy of an earlier survey."),
            _("%(who)s copied a survey. The copy has been deleted since."),
        ),
        delete_survey=_("%(who)s deleted the draft of a survey."),
        delete_launched_survey=(
            _("%(who)s deleted a survey that had been launched, with its people and reports."),
            _("A survey that had been launched was deleted, with its people and reports."),
        ),
        forget_survey=_("The time for which a survey is kept was over."),
        join_groups=(
            _("%(who)s joined groups in the draft of “%(survey)s”."),
            _("%(who)s joined groups in the draft of a survey that has been deleted since."),
        ),
        part_groups=(
            _("%(who)s took joined groups apart in the draft of “%(survey)s”."),
            _("%(who)s took joined groups apart in the draft of a survey that has been deleted since."),
        ),
        try_messages=(
            _("%(who)s sent themselves the messages of “%(survey)s” to see them."),
            _("%(who)s sent themselves the messages of a survey that has been deleted since."),
        ),
        keep_letters=(
            _("%(who)s kept the messages “%(name)s” for later surveys."),
            _("%(who)s kept messages that have been deleted since."),
        ),
        change_letters=(
            _("%(who)s changed the kept messages “%(name)s”."),
            _("%(who)s changed kept messages that have been deleted since."),
        ),
        delete_letters=_("%(who)s deleted kept messages."),
        launch_survey=(
            _("%(who)s launched “%(survey)s”. The least number for a result: %(k)s."),
            _("%(who)s launched a survey that has been deleted since."),
        ),
        move_start=(
            _("%(who)s moved the planned start of “%(survey)s”."),
            _("%(who)s moved the planned start of a survey that has been deleted since."),
        ),
        start_survey=(
            _("%(who)s started “%(survey)s” before its planned start."),
            _("%(who)s started a survey before its planned start. It has been deleted since."),
        ),
        remind_now=(
            _("%(who)s had a reminder of “%(survey)s” sent at once, on %(day)s."),
            _("%(who)s had a reminder of a survey sent at once that has been deleted since."),
        ),
        reword_reminders=(
            _("%(who)s changed the words of the reminders of “%(survey)s”."),
            _("%(who)s changed the words of the reminders of a survey that has been deleted since."),
        ),
        take_extension_back=(
            _("%(who)s took the later closing date of “%(survey)s” back."),
            _("%(who)s took the later closing date of a survey back that has been deleted since."),
        ),
        extend_survey=(
            _("%(who)s moved the closing date of “%(survey)s”."),
            _("%(who)s moved the closing date of a survey that has been deleted since."),
        ),
        plan_reminder=(
            _("%(who)s planned a reminder in “%(survey)s” for %(day)s."),
            _("%(who)s planned a reminder in a survey that has been deleted since."),
        ),
        drop_reminder=(
            _("%(who)s took out the reminder in “%(survey)s” that was planned for %(day)s."),
            _("%(who)s took out a reminder in a survey that has been deleted since."),
        ),
        cancel_survey=(
            _("%(who)s cancelled “%(survey)s”."),
            _("%(who)s cancelled a survey that has been deleted since."),
        ),
        stop_survey=(
            _("%(who)s closed “%(survey)s”."),
            _("“%(survey)s” closed on its closing date."),
            _("%(who)s closed a survey that has been deleted since."),
            _("A survey that has been deleted since closed on its closing date."),
        ),
    ),
    **_of(
        KindOfChange.CHECKLISTS,
        begin_checklist=(
            _("%(who)s began a draft of the checklist “%(checklist)s”."),
            _("%(who)s began a draft of a checklist, which has been published or deleted since."),
        ),
        share_checklist=(
            _("%(who)s changed with whom the draft of the checklist “%(checklist)s” is shared."),
            _("%(who)s changed with whom a draft of a checklist is shared. It has been published or deleted since."),
        ),
        delete_checklist_draft=_("%(who)s deleted a draft of a checklist."),
        publish_checklist=(
            _("%(who)s published “%(checklist)s”."),
            _("%(who)s published a checklist."),
        ),
        retire_checklist=(
            _("%(who)s retired “%(checklist)s”: it is offered no longer."),
            _("%(who)s retired a checklist: it is offered no longer."),
        ),
        offer_checklist_again=(
            _("%(who)s offers “%(checklist)s” again."),
            _("%(who)s offers a checklist again."),
        ),
        offer_checklist=(
            _("%(who)s changed whether members are offered “%(checklist)s” for self-assessments."),
            _("%(who)s changed whether members are offered a checklist for self-assessments."),
        ),
        hand_out_checklist=(
            _("%(who)s made a link to a self-assessment from “%(checklist)s”."),
            _("%(who)s made a link to a self-assessment from a checklist."),
        ),
        hand_out_joining_checklist=(
            _("%(who)s made a link to a self-assessment from “%(checklist)s”: whoever starts by it joins as leader."),
            _("%(who)s made a link to a self-assessment from a checklist: whoever starts by it joins as leader."),
        ),
        end_checklist_link=(
            _("%(who)s ended the link to a self-assessment from “%(checklist)s”."),
            _("%(who)s ended the link to a self-assessment from a checklist."),
        ),
        review_translation=_("%(who)s changed whether a translation counts as reviewed here."),
        join_by_checklist=_("%(who)s joined as leader by the link to a self-assessment."),
    ),
    **_of(
        KindOfChange.LINKS,
        add_participant=(
            _("%(who)s added %(name)s to “%(survey)s” after its launch."),
            _("%(who)s added somebody to “%(survey)s” after its launch. That person has been removed since."),
            _("%(who)s added somebody to a survey after its launch. The survey has been deleted since."),
        ),
        remove_participant=(
            _("%(who)s removed somebody from “%(survey)s”."),
            _("%(who)s removed somebody from a survey that has been deleted since."),
        ),
        correct_address=(
            _("%(who)s sent the link of %(name)s anew to another address, in “%(survey)s”."),
            _("%(who)s sent a link anew to another address, in “%(survey)s”. The person has been removed since."),
            _("%(who)s sent a link anew to another address, in a survey that has been deleted since."),
        ),
        move_participant=(
            _("%(who)s placed %(name)s in another group of “%(survey)s”, with a new link."),
            _("%(who)s placed somebody in another group of “%(survey)s”. The person has been removed since."),
            _("%(who)s placed somebody in another group of a survey that has been deleted since."),
        ),
        send_again_to_many=(
            _("%(who)s sent links of “%(survey)s” anew to the same addresses. People: %(people)s."),
            _("%(who)s sent links anew to the same addresses, in a survey that has been deleted since."),
        ),
        remove_many=(
            _("%(who)s removed people from “%(survey)s”. People: %(people)s."),
            _("%(who)s removed people from a survey that has been deleted since."),
        ),
        mark_away=(
            _("%(who)s marked people of “%(survey)s” as away. People: %(people)s."),
            _("%(who)s marked people as away, in a survey that has been deleted since."),
        ),
        mark_back=(
            _("%(who)s marked people of “%(survey)s” as back. People: %(people)s."),
            _("%(who)s marked people as back, in a survey that has been deleted since."),
        ),
        send_again=(
            _("%(who)s sent the link of %(name)s anew to the same address, in “%(survey)s”."),
            _("%(who)s sent a link anew to the same address, in “%(survey)s”. The person has been removed since."),
            _("%(who)s sent a link anew to the same address, in a survey that has been deleted since."),
        ),
    ),
    **_of(
        KindOfChange.REPORTS,
        release_edition=(
            _("%(who)s released the report of “%(survey)s” to %(reader)s."),
            _("%(who)s released the report of “%(survey)s” to a facilitator."),
            _("%(who)s released a report that has been deleted since."),
        ),
        release_edition__part=(
            _("%(who)s released one group’s part of the report of “%(survey)s” to %(reader)s."),
            _("%(who)s released one group’s part of the report of “%(survey)s” to a facilitator."),
            _("%(who)s released part of a report that has been deleted since."),
        ),
        release_edition__leaders=(
            _("%(who)s released the report of “%(survey)s” to the leaders of its groups."),
            _("%(who)s released a report that has been deleted since to the leaders of its groups."),
        ),
        release_edition__leader=(
            _("%(who)s released one group’s part of the report of “%(survey)s” to its leader."),
            _("%(who)s released part of a report that has been deleted since to the leader of a group."),
        ),
        release_edition__respondents=(
            _("%(who)s released the report of “%(survey)s” to everybody who was asked."),
            _("%(who)s released a report that has been deleted since to everybody who was asked."),
        ),
        plan_release_letters=(
            _("%(who)s had letters sent about a release of the report of “%(survey)s”."),
            _("%(who)s had letters sent about a release of a report that has been deleted since."),
        ),
        drop_release_letters=(
            _("%(who)s stopped the letters about a release of the report of “%(survey)s” before they left."),
            _("%(who)s stopped the letters about a release of a report that has been deleted since."),
        ),
        take_back_release=(
            _("%(who)s took back a release of the report of “%(survey)s”."),
            _("%(who)s took back a release of a report that has been deleted since."),
        ),
        agree=(
            _("%(who)s wrote down what was agreed about the report of “%(survey)s”."),
            _("%(who)s wrote down what was agreed about a report that has been deleted since."),
        ),
        change_agreement=(
            _("%(who)s changed what was agreed about the report of “%(survey)s”."),
            _("%(who)s changed what was agreed about a report that has been deleted since."),
        ),
        take_away_agreement=(
            _("%(who)s took away a line of what was agreed about the report of “%(survey)s”."),
            _("%(who)s took away a line of what was agreed about a report that has been deleted since."),
        ),
        send_agreed=(
            _("%(who)s sent what was agreed about the report of “%(survey)s” by letter. Letters: %(people)s."),
            _("%(who)s sent what was agreed about a report that has been deleted since by letter."),
        ),
        redact_comment=(
            _("%(who)s took a comment out of the report of “%(survey)s”."),
            _("%(who)s took a comment out of a report that has been deleted since."),
        ),
        choose_next_steps=(
            _("%(who)s chose which next steps a report of “%(survey)s” shows."),
            _("%(who)s chose which next steps a report shows that has been deleted since."),
        ),
        purge_edition=(
            _("%(who)s deleted the report of “%(survey)s”. Reason: %(reason)s."),
            _("The report of “%(survey)s” was deleted. Reason: %(reason)s."),
            _("%(who)s deleted a report. Reason: %(reason)s."),
            _("A report was deleted. Reason: %(reason)s."),
        ),
    ),
    **_of(
        KindOfChange.LOOKS,
        open_report=(
            _("%(who)s opened the report of %(group)s, of the survey “%(survey)s”."),
            _("%(who)s opened a comparison of groups, of the survey “%(survey)s”."),
            _("%(who)s opened a report that has been deleted since."),
        ),
        fetch_file=(
            _("%(who)s fetched a file of the report of %(group)s, of the survey “%(survey)s”: %(file)s."),
            _("%(who)s fetched a file of a comparison, of the survey “%(survey)s”: %(file)s."),
            _("%(who)s fetched a file of a report that has been deleted since."),
        ),
        fetch_people=_("%(who)s fetched the list of people."),
    ),
}

UNKNOWN = Sentence(  # written by another version of the site
    KindOfChange.WORKSPACE,
    (
        _("%(who)s did something for which this version of the site has no words."),
        _("The site did something for which this version of it has no words."),
    ),
)


def sentence_of(entry: Entry, words: Mapping[str, str]) -> str:
    """`words`: the names that are known of what the line is about."""
    return SENTENCES.get(_key(entry), UNKNOWN).said(words)


def _key(entry: Entry) -> str:
    """Which of the sentences of its verb."""
    if entry.verb != "release_edition":
        return entry.verb
    detail = entry.detail
    if detail.get("to_respondents"):
        return "release_edition respondents"
    if detail.get("to_leaders"):
        return "release_edition leader" if detail.get("slice") else "release_edition leaders"
    return "release_edition part" if detail.get("slice") else "release_edition"


def verbs_of(kind: str) -> set[str]:
    """As the log writes them."""
    return {verb.partition(" ")[0] for verb, sentence in SENTENCES.items() if sentence.kind == kind}
