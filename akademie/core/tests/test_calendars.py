"""Dates as other programs read them: the zone by name, long and strange words, a date that was called off."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from akademie.core.calendars import as_calendar
from akademie.core.contributions import PersonalDate
from akademie.core.dates import period_in_words

STARTS = datetime(2027, 3, 28, 8, tzinfo=UTC)  # the day on which the clock goes forward
WORDS = "Größe; Maße, Gewicht\\Preis\nund alles Weitere äöüß. " * 5


def test_a_date_reads_back_as_it_was_said():
    one = PersonalDate(
        "event-1", WORDS[:60], STARTS, STARTS + timedelta(hours=2), url="/veranstaltungen/x/", text=WORDS,
        place="Rathaus, Markt 1", categories=("Webinar", "Tagung, klein"), is_cancelled=True, changed_at=STARTS,
        sequence=3,
    )  # fmt: skip
    written = as_calendar("Termine, alle", [one])
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(written)
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]
    (event,) = calendar.events
    assert str(event["summary"]) == f"Abgesagt: {WORDS[:60]}"
    assert str(event["description"]) == WORDS
    assert str(event["location"]) == "Rathaus, Markt 1"
    assert [str(word) for word in event["categories"].cats] == ["Webinar", "Tagung, klein"]
    assert (event["sequence"], str(event["status"]), str(event["uid"])) == (3, "CANCELLED", "event-1@127.0.0.1")
    assert (event["dtstart"].params["tzid"], event["dtstart"].dt.isoformat()) == (
        "Europe/Berlin", "2027-03-28T10:00:00+02:00"
    )  # fmt: skip
    assert event["dtstamp"].dt == event["last-modified"].dt == STARTS
    assert as_calendar("Termine, alle", [one]) == written


def test_a_deadline_takes_no_time():
    (event,) = Calendar.from_ical(as_calendar("Fristen", [PersonalDate("frist", "Frist", STARTS, all_day=True)])).events
    assert (event["dtstart"].dt.isoformat(), event.get("dtend")) == ("2027-03-28", None)


def test_a_period_is_said_as_people_say_it():
    def said(*days_and_hours: int) -> str:
        begin, end = datetime(2027, 1, 14, 9, tzinfo=UTC), datetime(2027, 1, 14, 9, tzinfo=UTC)
        return period_in_words(begin, end + timedelta(hours=days_and_hours[0]))

    assert said(2) == "Donnerstag, 14. Januar 2027, 10:00 bis 12:00 Uhr"
    assert said(14) == "Donnerstag, 14. Januar 2027, 10:00 bis 24:00 Uhr"
    assert said(30) == "Donnerstag, 14. Januar, 10:00 Uhr, bis Freitag, 15. Januar 2027, 16:00 Uhr"
    assert said(366 * 24) == ("Donnerstag, 14. Januar 2027, 10:00 Uhr, bis Samstag, 15. Januar 2028, 10:00 Uhr")
