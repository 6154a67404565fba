"""Questionnaires: what people are asked, in versions; the form that they answer; builder, export and figures.

Begriffe: Fragebogen (Questionnaire), Fassung (Version), Frage (Question), Antworten einer Person (AnswerSet), Antwort
(Answer). Writes: its own tables. May use: files, accounts, core. People: the office (views/office.py).

How an area collects answers of people who can be named (it links to `AnswerSet` and answers for it in `people_data`):

    version = forms.opened_version(questionnaire, request.POST)      # the one the page was opened with; None: none yet
    form = forms.answer_form(version, request.POST, request.FILES, initial=queries.answers_of(answer_set),
                             draft=drafts.is_draft(request))
    if form.is_valid() or form.draft:
        answer_set = actions.open_answers(version, counted_from=event.last_day)       # once; freezes the version
        actions.save_answers(answer_set, form.answers(), form.uploads())              # NotPossible says why not
        if form.draft:
            return drafts.saved(request, form, address)              # JSON for autosave.js, else back to the page
        actions.submit(answer_set)

For people's data the area exports `queries.shown(answer_set)` and erases by deleting the set, which takes files along;
tests/test_privacy.py asks every model that links to an AnswerSet. A question with `kept_days` loses its answer by
itself; `actions.count_from` moves the day from which this counts.

Template: `<form method="post" enctype="multipart/form-data" novalidate>`, in it `{% include
"questionnaires/answers/form.html" %}`, which needs `form`; with `{% include
"questionnaires/answers/draft.html" %}` the
button "Zwischenspeichern" and autosave come too. Files: `uploads.deliver(answer)` after the area's own check.
Anonymous areas keep `form.answers()` themselves, link to nothing, and never include draft.html; they call
`actions.freeze(version)` when they begin. Both: `export.as_csv/as_xlsx/codebook(version, rows)`, `summary.of(version,
rows)`; rows are dicts of answers by key (`queries.rows_of` makes them of answer sets). A questionnaire that belongs to
the software: `actions.load_questionnaire("slug", title=…, questions=[{"key": …, "kind": Kind.SCALE, "label": …}])`.
"""
