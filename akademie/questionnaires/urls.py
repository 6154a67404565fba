"""Addresses of questionnaires."""

from django.urls import path

from akademie.questionnaires.views import office, questions

app_name = "questionnaires"
OFFICE = "geschaeftsstelle/frageboegen/"
urlpatterns = [
    path(OFFICE, office.questionnaires, name="questionnaires"),
    path(f"{OFFICE}neu/", office.new_questionnaire, name="new_questionnaire"),
    path(f"{OFFICE}<int:pk>/", office.questionnaire, name="questionnaire"),
    path(f"{OFFICE}<int:pk>/angaben/", office.describe, name="describe"),
    path(f"{OFFICE}<int:pk>/kopieren/", office.copy_questionnaire, name="copy_questionnaire"),
    path(f"{OFFICE}<int:pk>/loeschen/", office.delete_questionnaire, name="delete_questionnaire"),
    path(f"{OFFICE}<int:pk>/neue-fassung/", office.begin_draft, name="begin_draft"),
    path(f"{OFFICE}<int:pk>/frage/<slug:kind>/", questions.new_question, name="new_question"),
    path(f"{OFFICE}<int:pk>/frage/", questions.choose_kind, name="choose_kind"),
    path(f"{OFFICE}fassung/<int:pk>/", office.preview, name="preview"),
    path(f"{OFFICE}fassung/<int:pk>/drucken/", office.paper, name="paper"),
    path(f"{OFFICE}fassung/<int:pk>/codebuch.csv", office.codebook, name="codebook"),
    path(f"{OFFICE}fassung/<int:pk>/veroeffentlichen/", office.publish, name="publish"),
    path(f"{OFFICE}fassung/<int:pk>/verwerfen/", office.discard_draft, name="discard_draft"),
    path(f"{OFFICE}fassung/<int:pk>/zurueckziehen/", office.withdraw, name="withdraw"),
    path(f"{OFFICE}frage/<int:pk>/", questions.change_question, name="change_question"),
    path(f"{OFFICE}frage/<int:pk>/schieben/", questions.move_question, name="move_question"),
    path(f"{OFFICE}frage/<int:pk>/kopieren/", questions.copy_question, name="copy_question"),
    path(f"{OFFICE}frage/<int:pk>/loeschen/", questions.delete_question, name="delete_question"),
    path(f"{OFFICE}frage/<int:pk>/zurueckziehen/", questions.withdraw_question, name="withdraw_question"),
]
