"""Addresses of the host's pages."""

from django.urls import path

from akademie.events.views import afterwards, evaluations, host

PAGE = "veranstaltungen/<slug:slug>/"
urlpatterns = [
    path("formate/<slug:slug>/auswertung/", evaluations.format_results, name="format_results"),
    path(f"{PAGE}ablaufplan/", host.script, name="script"),
    path(f"{PAGE}absagen/", host.cancel, name="cancel"),
    path(f"{PAGE}aufgaben/", host.tasks, name="tasks"),
    path(f"{PAGE}aufgaben.ics", host.tasks_calendar, name="tasks_calendar"),
    path(f"{PAGE}aufgaben/<int:pk>/", host.task, name="task"),
    path(f"{PAGE}aufgaben/<int:pk>/erledigt/", host.task_done, name="task_done"),
    path(f"{PAGE}bearbeiten/", host.change, name="change"),
    path(f"{PAGE}nachher/", afterwards.afterwards, name="afterwards"),
    path(f"{PAGE}programm/", host.agenda, name="agenda"),
    path(f"{PAGE}rueckblick/", host.recap, name="recap"),
    path(f"{PAGE}texte/<str:kind>/", host.text, name="text"),
    path(f"{PAGE}veroeffentlichen/", host.release, name="release"),
    path(f"{PAGE}vorbereiten/", host.prepare, name="prepare"),
]
