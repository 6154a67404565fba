"""Addresses of formats."""

from django.urls import path

from akademie.formats.views import finder, office, public, reports, runs, script, templates, variants
from akademie.formats.views import print as paper

app_name = "formats"
urlpatterns = [
    path("formate/", public.index, name="index"),
    path("formate/tabelle/", public.table, name="table"),
    path("formate/tabelle.csv", public.table_csv, name="table_csv"),
    path("formate/was-passt/", finder.find, name="finder"),
    path("formate/durchfuehrung/<int:pk>/", runs.run, name="run"),
    path("formate/durchfuehrung/<int:pk>/zeiten/", runs.enter_minutes, name="enter_minutes"),
    path("formate/durchfuehrung/<int:pk>/bericht/", runs.write_report, name="write_report"),
    path("formate/<slug:slug>/durchfuehrung/", runs.enter_run, name="enter_run"),
    path("formate/<slug:slug>/berichte/", runs.run_reports, name="run_reports"),
    path("geschaeftsstelle/formate/berichte/", reports.report_list, name="reports_to_release"),
    path("geschaeftsstelle/formate/berichte/<int:pk>/", reports.report, name="report"),
    path("geschaeftsstelle/formate/berichte/<int:pk>/zurueckgeben/", reports.return_report, name="return_report"),
    path("geschaeftsstelle/formate/berichte/<int:pk>/zeiten/", reports.correct_minutes, name="correct_minutes"),
    path("geschaeftsstelle/formate/varianten/", office.variant_list, name="variants_to_decide"),
    path("geschaeftsstelle/formate/varianten/<int:pk>/", office.variant_to_decide, name="variant_to_decide"),
    path(
        "geschaeftsstelle/formate/varianten/<int:pk>/veroeffentlichen/", office.publish_variant, name="publish_variant"
    ),
    path(
        "geschaeftsstelle/formate/varianten/<int:pk>/zurueckgeben/", office.give_back_variant, name="give_back_variant"
    ),
    path("geschaeftsstelle/formate/vorschlaege/", office.proposal_list, name="proposals"),
    path("geschaeftsstelle/formate/vorschlaege/<int:pk>/", office.proposal, name="proposal"),
    path("geschaeftsstelle/formate/vorschlaege/<int:pk>/uebernehmen/", office.take_proposal, name="take_proposal"),
    path("geschaeftsstelle/formate/vorschlaege/<int:pk>/ablehnen/", office.leave_proposal, name="leave_proposal"),
    path("formate/varianten/<slug:slug>/", variants.variant, name="variant"),
    path("formate/varianten/<slug:slug>/einreichen/", variants.hand_in, name="hand_in_variant"),
    path("formate/varianten/<slug:slug>/loeschen/", variants.delete_variant, name="delete_variant"),
    path("formate/varianten/<slug:slug>/vorschlagen/", variants.give_back, name="give_back_variant_field"),
    path("formate/<slug:slug>/variante/", variants.make_variant, name="make_variant"),
    path("formate/<slug:slug>/vorschlag/", variants.propose, name="propose"),
    path("formate/<slug:slug>/", public.profile, name="profile"),
    path("formate/<slug:slug>/steckbrief.pdf", paper.steckbrief, name="steckbrief"),
    path("formate/<slug:slug>/steckbrief.docx", paper.steckbrief_docx, name="steckbrief_docx"),
    path("formate/<slug:slug>/ablaufplan/", script.script, name="script"),
    path("formate/<slug:slug>/ablaufplan/ohne-netz.js", script.offline, name="script_offline"),
    path("formate/<slug:slug>/starten/", public.start, name="start"),
    path("formate/<slug:slug>/checkliste/", templates.checklist, name="checklist"),
    path("formate/<slug:slug>/vorlagen/", templates.templates, name="templates"),
    path("formate/<slug:slug>/vorlagen/<slug:kind>.txt", templates.template_txt, name="template_txt"),
    path("formate/<slug:slug>/vorlagen/<slug:kind>.docx", templates.template_docx, name="template_docx"),
]
