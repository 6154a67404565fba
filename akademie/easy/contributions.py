"""What easy shows elsewhere: the duties, the one task of the office, its part of the accessibility statement."""

from functools import partial

from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    DataSet,
    OperatorDuty,
    PagePanel,
    WaitingTasks,
    operator_duties,
    page_panels,
    reference_data,
    waiting_tasks,
)
from akademie.easy import actions, queries
from akademie.easy.models import Explanation, Form, SignVideo

reference_data.add(
    DataSet(
        key="easy.explanations", label="Erklärungen in Leichter Sprache", version=actions.source,
        load=actions.load_explanations, order=59,
    )
)  # fmt: skip
WHY = "§ 4 BITV 2.0: Inhalte, Navigation und Erklärung zur Barrierefreiheit sind auf der Startseite erklärt."
for number, form in enumerate(Form):
    operator_duties.add(
        OperatorDuty(
            key=f"easy.{form.value}", title=f"Vier Erklärungen: {form.label}", url=queries.office_list, why=WHY,
            is_done=partial(queries.is_complete, form), order=38 + number,
        )
    )  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="easy.explanations", title="Leichte Sprache und Gebärdensprache", tasks=queries.waiting, for_office=True,
        order=95,
    )
)  # fmt: skip
page_panels.add(
    PagePanel(
        key="easy.completeness", page="barrierefreiheit", template="easy/public/completeness.html",
        context=queries.panel,
    )
)  # fmt: skip
log_words.add(LogWords(key="easy", things={Explanation: "den", SignVideo: "das"}))
