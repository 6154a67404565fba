"""What files shows elsewhere: who uploaded what."""

from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import PeopleData, people_data
from akademie.files import personal_data
from akademie.files.models import AcademyDocument, AcademyImage

people_data.add(
    PeopleData(
        key="files", title="Bilder und Dokumente", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=60,
    )
)  # fmt: skip
log_words.add(LogWords(key="files", things={AcademyImage: "das", AcademyDocument: "das"}))
