from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from akademie.operation.actions.backups import remove_old
from akademie.operation.backup.retention import to_keep
from akademie.operation.models import Backup, BackupReason, BackupState

BERLIN = ZoneInfo("Europe/Berlin")


def after_nights(count: int, *, first: datetime) -> list[datetime]:
    """Return what is kept when every night one is made and the old ones are removed."""
    kept: set[datetime] = set()
    for night in range(count):
        kept = to_keep(kept | {first + timedelta(days=night)})
    return sorted(kept, reverse=True)


def test_seven_days_four_weeks_twelve_months_are_kept():
    kept = after_nights(800, first=datetime(2024, 1, 1, 2, 30, tzinfo=BERLIN))  # to Tuesday, 10 March 2026
    newest = kept[0]
    assert newest == datetime(2026, 3, 10, 2, 30, tzinfo=BERLIN)
    assert kept[:7] == [newest - timedelta(days=day) for day in range(7)]
    weeks = {time.isocalendar()[:2] for time in kept}
    assert {(newest - timedelta(weeks=week)).isocalendar()[:2] for week in range(4)} <= weeks
    assert len({(time.year, time.month) for time in kept}) == 12
    assert len(kept) <= 7 + 3 + 11


def test_a_pause_takes_nothing_away():
    before = after_nights(400, first=datetime(2024, 1, 1, 2, 30, tzinfo=BERLIN))
    much_later = before[0] + timedelta(days=900)
    assert to_keep({*before, much_later}) >= {much_later, before[0]}
    assert len(to_keep({*before, much_later})) > 10


def test_of_several_of_one_day_the_last_five_stay_until_there_are_newer_ones():
    day = datetime(2026, 3, 10, tzinfo=BERLIN)
    times = [day + timedelta(hours=hour) for hour in range(1, 9)]
    assert to_keep(times) == set(times[-5:])
    nights = [day + timedelta(days=night) for night in range(1, 6)]
    assert to_keep([*times, *nights]) == {times[-1], *nights}
    assert to_keep([]) == set()


@pytest.mark.django_db
def test_remove_old_deletes_files_and_rows(settings, tmp_path):
    """A year of nights with a moving clock, in steps of five days to stay quick."""
    settings.BACKUP_DIR = tmp_path
    first = datetime(2025, 1, 1, 1, 30, tzinfo=ZoneInfo("UTC"))
    for step in range(0, 365, 5):
        with time_machine.travel(first + timedelta(days=step), tick=False):
            now = timezone.now()
            name = f"akademie-{now:%Y-%m-%d-%H%M%S}.zip"
            (tmp_path / name).touch()
            Backup.objects.create(state=BackupState.DONE, reason=BackupReason.NIGHTLY, name=name, made_at=now)
            remove_old()
    names = set(Backup.objects.values_list("name", flat=True))
    assert names == {path.name for path in tmp_path.iterdir()}
    months = {name[9:16] for name in names}
    assert months == {f"2025-{month:02}" for month in range(1, 13)}
    assert len(names) == 17  # 7 days, of which the newest stand for 4 weeks and 2 months, and 10 months


@pytest.mark.django_db
def test_remove_old_leaves_other_files_and_forgets_old_failures(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    (tmp_path / "Urlaub.zip").touch()
    now = datetime(2026, 3, 1, tzinfo=ZoneInfo("UTC"))
    for days in (5, 40):
        Backup.objects.create(
            state=BackupState.FAILED, reason=BackupReason.NIGHTLY, made_at=now - timedelta(days=days), problem="voll"
        )
    with time_machine.travel(now, tick=False):
        remove_old()
    assert [path.name for path in Path(tmp_path).iterdir()] == ["Urlaub.zip"]
    assert [backup.made_at for backup in Backup.objects.all()] == [now - timedelta(days=5)]
