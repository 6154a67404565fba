"""The sorts of events that the academy begins with, and which of them a format starts as."""

# Slug and name, in the order of display; editors add, rename and switch off.
TYPES = (
    ("tagung", "Tagung"),
    ("fachgespraech", "Fachgespräch"),
    ("expertengespraech", "Expertengespräch"),
    ("erfahrungswerkstatt", "Erfahrungswerkstatt"),
    ("transferwerkstatt", "Transferwerkstatt"),
    ("bm-forum", "Forum für Bürgermeisterinnen und Bürgermeister"),
    ("webinar", "Webinar"),
    ("fachkonferenz", "Fachkonferenz"),
    ("sprechstunde", "Sprechstunde"),
    ("tour-station", "Tour-Station"),
)
USUAL_TYPE = "fachgespraech"  # what a format starts as that is not named below
# Slugs of formats and of sorts.
TYPE_OF_FORMAT = {
    "webinar": "webinar",
    "fachkonferenz": "fachkonferenz",
    "transferwerkstatt": "transferwerkstatt",
    "erfahrungswerkstatt": "erfahrungswerkstatt",
    "bm-forum": "bm-forum",
    "expertengespraech": "expertengespraech",
    "sprechstunde": "sprechstunde",
    "auf-tour": "tour-station",
}
