"""The measures of this folder measure: on a page with faults each of them finds its own."""

import pytest

from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FAULTS = """
document.querySelector('main').innerHTML = `
    <img src="/static/nichts.png">
    <p class="pale">Kaum zu lesen</p>
    <div class="wide">Zu breit</div>
    <img alt="" src="http://127.0.0.2:9/zaehlpixel.gif">`;
document.querySelector('.wide').style.width = '2000px';
document.querySelector('.pale').style.color = '#ccc';
"""


def test_faults_are_found(visit: Visit) -> None:
    page = visit.go("/impressum/")
    assert visit.axe() == []
    visit.trouble.clear()  # axe's own style
    page.evaluate(FAULTS)
    page.wait_for_load_state("networkidle")
    assert {line.split()[0] for line in visit.axe()} >= {"image-alt", "color-contrast"}
    assert visit.width() >= 2000
    assert any("nichts.png" in line for line in visit.trouble)
    assert any("zaehlpixel" in line for line in visit.trouble)  # the policy forbids it, so nothing is asked of the host


def test_a_question_to_another_host_is_noted(visit: Visit) -> None:
    visit.go("/impressum/")
    with visit.page.expect_event("requestfailed"):
        visit.page.evaluate("location.href = 'http://127.0.0.2:9/'")
    assert visit.outside == {"http://127.0.0.2:9/"}
