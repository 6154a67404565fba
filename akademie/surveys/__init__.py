"""Surveys: anonymous questions to many people, and figures that tell nobody's answer.

Begriffe: Befragung (Survey), anonyme Antworten (AnswerBag), Kernfragen (core_questions), Auswertung (Results). Writes:
its own tables. May use: questionnaires, accounts, core. People: everybody with the address (views/public.py), the host
and the office (views/host.py, views/office.py). What is known to whom, and what remains: docs/adr/0017.

For areas above, which hold the key of a survey and say what it is about:

    survey = actions.open_evaluation(title=…, about=…, opens_at=…, closes_at=…, group="format:webinar", by=user)
    actions.reschedule(survey, opens_at=…, closes_at=…, by=user)     # as long as it is not closed
    actions.close(survey, by=user)                                   # for good
    results = queries.results(survey, viewer)        # {% include "surveys/public/_results.html" %} shows `results`
    total = queries.group_results("format:webinar")  # the same for all published surveys of a group; "" for all

A survey's page is `survey.get_absolute_url()`, for slide and mail `survey.address`; its results `survey.results_url`.
"""
