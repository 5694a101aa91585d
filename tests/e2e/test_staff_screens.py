"""Every staff screen of ours, at the width of a phone and of a desk: no known barrier, nothing that spills over.

A closed world: a staff address of ours that this list does not know fails it, and so does one that is gone.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.looking import no_barriers_in_our_part, stands_still
from tests.e2e.time_steps import Manage
from tests.e2e.worker_steps import signed_in
from tests.foreign_things import our_addresses

ADMINISTRATOR = next(who for who in DEMO_SIGN_INS if who.is_superuser)
SIZES = {"phone": {"width": 360, "height": 800}, "desk": {"width": 1280, "height": 900}}

SOMETHING_OF_EACH = """
import json
from django.contrib.auth.models import User
from hub.feedback.models import Feedback
from hub.partners.models import Partner
from hub.stories.review.holding import hold_story
from hub.stories.models import CarryOverProposal, LegalFlag, StoryPage, StoryParticipant, WithdrawalCase
from hub.stories.public_requests.requests import receive
by = User.objects.get(username="administrator")
flag = LegalFlag.objects.filter(cleared_at=None).first()
story = StoryPage.objects.get(pk=flag.story_id)
hold_story(story, moderator=by, comment="Wait for the school.")
person = StoryParticipant.objects.filter(story=story, consent_needed=True).first()
edited = StoryPage.objects.filter(participations__consents__decision="given", has_unpublished_changes=True).first()
case = WithdrawalCase.objects.first()
found = receive(about=story.get_url() or "", wanted="change", message="My street is in it.", contact="01632 960000")
from hub.stories.models import StoryOffer
from hub.stories.public_requests import offers
offers.offer(partner=Partner.objects.get(slug="clued-up"), contact="01632 960000", call_me="Sam")
proposal = CarryOverProposal.objects.create(story=edited or story, to_hash="0" * 64, why="A comma.", proposed_by=by)
print("THINGS" + json.dumps({
    "story_id": story.pk, "participation_id": person.pk, "case_id": case.pk, "request_id": found.pk,
    "offer_id": StoryOffer.objects.first().pk,
    "proposal_id": proposal.pk, "partner_id": Partner.objects.get(slug="clued-up").pk,
    "feedback_id": Feedback.objects.filter(answered_on=None).first().pk,
    "user_id": User.objects.get(username="clued-up-author").pk,
}))
"""

SCREENS = [
    "story_queue",
    "story_review",
    "story_hold",
    "consent_register",
    "going_dark",
    "story_numbers",
    "shared_changes",
    "open_flags",
    "story_flags",
    "consent_wordings",
    "story_law",
    "take_along",
    "bring_along",
    "public_requests",
    "public_request",
    "story_offers",
    "story_offer",
    "use_register",
    "story_uses",
    "story_because",
    "withdrawals",
    "withdrawal",
    "story_changes",
    "carry_over",
    "story_people",
    "story_ask",
    "story_room",
    "story_record",
    "story_details",
    "story_correct",
    "story_leave",
    "story_whose",
    "after_restore",
    "is_it_well",
    "guidance_checks",
    "partners",
    "partner_open",
    "partner_change",
    "partner_close",
    "feedback_queue",
    "feedback_one",
    "mfa_index",
    "set_up_second_factor",
    "sign_ins",
    "colleagues",
    "colleague_invite",
    "colleagues_happened",
    "colleague",
    "colleague_end",
]
# They act, or give a file, and lead to one of the screens above.
NO_SCREEN = [
    "story_end_hold",
    "story_hand_in",
    "story_hand_to",
    "moderators_mail",
    "story_nickname",
    "story_take_hand_in_back",
    "story_show_again",
    "story_take_out",
    "story_picture",
    "story_stay",
    "show_after_restore",
    "confirm_answer",
    "consent_export",
    "story_numbers_file",
    "clear_flag",
    "story_use_down",
    "story_offer_delete",
    "story_because_told",
    "story_because_remove",
    "tick_off_withdrawal",
    "try_withdrawal_again",
    "erase_withdrawn",
    "close_withdrawal",
    "story_change_done",
    "story_age",
    "open_evidence",
    "still_right",
    "feedback_do",
    "leave_everywhere_else",
    "colleagues_approval",
    "invitation_again",
    "invitation_withdraw",
    "first_morning",
    "example_in",
    "example_out",
    "redirect_import",
    "redirect_import_process",
]
# Only for what was brought along, a hidden story, one that somebody leaves (test_leaving_out.py walks it with axe), a
# closed partner, answers that were ticked, what somebody typed before she was signed out, somebody who writes for one
# section, somebody of no partner, or a second step, which test_second_factor.py walks with axe. One address has two
# names.
ELSEWHERE = [
    "arrival",
    "disclosed_draft",
    "story_without",
    "partner_reopen",
    "ask_again",
    "bring_in",
    "import_job",
    "import_review",
    "shared_roles",
    "mfa_list_webauthn",
    "mfa_activate_totp",
    "forget_second_factor",
    "typed",
    "guide",
    "redirect_add",
    "redirect_change",
]


def test_every_staff_address_of_ours_is_on_one_of_the_lists() -> None:
    listed = [*SCREENS, *NO_SCREEN, *ELSEWHERE]
    assert sorted(name for name, _ in our_addresses()) == sorted(listed)


@pytest.fixture(scope="module")
def things(manage: Manage) -> dict[str, int]:
    """The number of one thing of each sort."""
    found: dict[str, int] = json.loads(manage("shell", typed=SOMETHING_OF_EACH).split("THINGS")[1])
    return found


@pytest.fixture(scope="module", params=list(SIZES))
def window(request: Any, browser: Browser, hub: str) -> Iterator[Page]:
    """The administrator's window, of one size."""
    page = signed_in(browser, hub, ADMINISTRATOR)
    page.set_viewport_size(SIZES[request.param])  # type: ignore[arg-type]
    stands_still(page)
    yield page
    page.context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_a_staff_screen_has_no_known_barrier(window: Page, hub: str, things: dict[str, int], name: str) -> None:
    pattern = dict(our_addresses())[name]
    address = re.sub(r"<int:(\w+)>", lambda found: str(things[found[1]]), pattern)
    answered = window.goto(hub + address)
    assert answered is not None
    assert (answered.status, window.url) == (200, hub + address)
    no_barriers_in_our_part(window)
