"""What the pages say when something cannot be done: a heading, and a sentence on what to do now.

Most stand in the frame. Those for which nothing can be relied on (our own faults, a database that does not answer, a
request that never became one) are plain: one template without frame, person or database.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.template.loader import render_to_string

Says = tuple[str, str]  # heading and sentence

RETRY_AFTER = 60  # seconds, told to programs while the database does not answer
IN_FRAME: dict[int, Says] = {
    400: ("Das hat die Seite nicht verstanden", "Bitte prüfen Sie die Adresse oder beginnen Sie hier neu."),
    403: (
        "Das dürfen Sie hier nicht",
        "Melden Sie sich an. Wenn es ein Irrtum ist, fragen Sie die Geschäftsstelle.",
    ),
    404: ("Diese Seite gibt es nicht", "Vielleicht ist sie umgezogen, oder in der Adresse steckt ein Tippfehler."),
    405: (
        "Hier geht es nur mit einem Knopf weiter",
        "Diese Adresse gehört zu einem Formular. Gehen Sie einen Schritt zurück und drücken Sie den Knopf dort.",
    ),
}
CSRF: Says = (
    "Bitte schicken Sie das Formular noch einmal ab",
    "Die Seite war zu lange offen, oder Ihr Browser nimmt keine Cookies an. Gehen Sie zurück und laden Sie sie neu.",
)
PLAIN: dict[int, Says] = {
    400: (
        "Diese Anfrage war nicht lesbar",
        "Öffnen Sie die Website bitte über die Adresse, die unten steht.",
    ),
    414: (
        "Das ist zu lang für eine Adresse",
        "Mit Suchwörtern darf sie höchstens 8.000 Zeichen lang sein; ein Umlaut zählt sechsfach. Gehen Sie einen "
        "Schritt zurück und kürzen Sie Ihre Eingabe auf wenige Sätze.",
    ),
    431: (
        "Ihr Browser schickt zu viel mit",
        "Meist sind es zu viele Cookies. Löschen Sie die Cookies dieser Website und öffnen Sie sie neu.",
    ),
    500: (
        "Da ging etwas schief",
        "Der Fehler liegt bei uns, und er ist notiert. Was Sie zuletzt abgeschickt haben, ist vielleicht nicht "
        "angekommen. Gehen Sie einen Schritt zurück und versuchen Sie es noch einmal, oder beginnen Sie hier neu.",
    ),
    503: (
        "Die Website macht eine kurze Pause",
        "Wir arbeiten gerade an ihr, oder unsere Datenbank antwortet nicht. Was Sie zuletzt abgeschickt haben, ist "
        "vielleicht nicht angekommen. Bitte laden Sie die Seite in einer Minute neu.",
    ),
}


def too_large(exception: Exception) -> Says | None:
    """Return what to say about input that is too large, with the limit; None for any other exception."""
    if isinstance(exception, RequestDataTooBig):
        limit = f"Ein Formular nimmt höchstens {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB Text an."
        advice = "Kürzen Sie den Text oder schicken Sie ihn in Teilen."
    elif isinstance(exception, TooManyFieldsSent):
        limit = f"Ein Formular nimmt höchstens {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} Angaben auf einmal an."
        advice = "Wählen Sie weniger aus oder schicken Sie es in Teilen."
    elif isinstance(exception, TooManyFilesSent):
        limit = f"Ein Formular nimmt höchstens {settings.DATA_UPLOAD_MAX_NUMBER_FILES} Dateien auf einmal an."
        advice = "Laden Sie sie nacheinander in kleineren Gruppen hoch."
    else:
        return None
    return (
        "Das ist zu viel auf einmal",
        f"{limit} Gehen Sie einen Schritt zurück, dort steht Ihre Eingabe noch. {advice}",
    )


def plain(status: int) -> HttpResponse:
    """Return a page that needs nothing but its template."""
    heading, sentence = PLAIN[status]
    context = {"heading": heading, "sentence": sentence, "site": settings.SITE_URL}
    answer = HttpResponse(render_to_string("core/plain_error.html", context), status=status)
    if status == 503:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer
