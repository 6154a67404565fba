"""What people do with questionnaires: answer them (`answering`), and build them (`building`)."""

from akademie.questionnaires.actions.answering import count_from, open_answers, reopen, save_answers, submit
from akademie.questionnaires.actions.building import (
    FIXED,
    FROZEN,
    add_question,
    begin_draft,
    change_question,
    copy_question,
    copy_questionnaire,
    create_questionnaire,
    delete_question,
    delete_questionnaire,
    describe,
    discard_draft,
    load_questionnaire,
    move_question,
    publish,
    withdraw,
    withdraw_question,
)
from akademie.questionnaires.actions.freezing import freeze

__all__ = [
    "FIXED",
    "FROZEN",
    "add_question",
    "begin_draft",
    "change_question",
    "copy_question",
    "copy_questionnaire",
    "count_from",
    "create_questionnaire",
    "delete_question",
    "delete_questionnaire",
    "describe",
    "discard_draft",
    "freeze",
    "load_questionnaire",
    "move_question",
    "open_answers",
    "publish",
    "reopen",
    "save_answers",
    "submit",
    "withdraw",
    "withdraw_question",
]
