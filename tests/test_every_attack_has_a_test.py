"""Every known way past consent, or from one partner to another, by its number, and the tests that prove it closed.

A test that is gone fails this one.

P: how a page becomes or stays public. S: where content comes out. X: search. M: files. E: what is left after erasing.
C: HTTP and caches. A: between partners. A name stands for `test_<file>.py::test_<test>`.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
WALK = "admin_walk::nothing_of_another_partner_comes_out"
PROOFS: dict[str, str] = {
    "P1": "attacks::p1_a_story_added_live_without_a_revision",
    "P2": "attacks::p2_update_and_raw_sql",
    "P3": "attacks::p3_publishing_again",
    "P4": "attacks_on_the_tree::p4_a_receiver_that_raises_when_it_is_published_lights_nothing",
    "P5": "attacks::p5_a_stale_instance_saved_after_the_withdrawal",
    "P6": "attacks::p6_a_copy_of_a_lit_story",
    "P7": "attacks::p7_an_alias_of_a_lit_story",
    "P8": "attacks_while_editing::p8_an_alias_left_behind_when_its_source_goes",
    "P9": "attacks::p9_an_alias_made_into_a_page",
    "P10": "attacks::p10_a_schedule_left_standing schedule::a_withdrawn_story_that_was_planned_stays_dark",
    "P11": "attacks::p11_one_dark_story_does_not_stop_the_other_scheduled_pages"
    " schedule::one_page_that_fails_stops_no_other",
    "P12": "attacks_while_editing::p12_a_revision_that_is_evidence_is_not_written_over"
    " attacks_while_editing::p12_by_hand_it_is_dark_all_the_same",
    "P13": "attacks_while_editing::p13_a_workflow_that_publishes_the_latest_draft",
    "P14": "attacks_while_editing::p14_publishing_in_bulk"
    " attacks_on_the_tree::p14_the_admins_api_and_its_actions_are_closed_to_partners",
    "P15": "attacks::p15_an_old_revision_published_again_shows_only_agreed_words",
    "P16": "attacks::p16_words_changed_by_a_direct_save attacks::p16_any_column_a_reader_sees",
    "P17": "attacks::p17_the_live_revision_deleted",
    "P18": "attacks_on_the_tree::p18_a_story_moved_to_another_partner_is_dark",
    "P19": "attacks_on_the_tree::p19_a_copy_for_translation_is_dark_and_there_is_no_other_language",
    "P20": "attacks::p20_a_visibility_row_written_by_hand"
    " attacks_on_the_tree::p20_a_fixture_brings_neither_the_light_nor_the_words_back",
    "P21": "attacks::p21_time_alone_darkens schedule::an_expired_page_is_dark_though_no_job_has_run",
    "P22": "attacks_on_the_tree::p22_a_section_that_is_unpublished_leaves_each_story_to_its_own_rule",
    "P23": "attacks_on_the_tree::p23_a_draft_of_an_unpublished_story_is_in_no_index",
    "P24": "media::p24_a_file_replaced_behind_a_story_darkens_it"
    " pictures_as_agreed::a_file_swapped_on_the_disk_is_a_404_a_line_in_the_log_and_a_dark_story"
    " pictures_as_agreed::a_file_swapped_in_the_library_darkens_the_story_and_nothing_lights_it_again"
    " shared_pictures::a_picture_that_code_put_into_a_text_is_part_of_what_people_agreed_to",
    "P25": "text_links::an_embed_in_a_text_fetches_and_shows_nothing"
    " shared_pictures::no_other_page_may_take_a_storys_picture",
    "S1": "withdrawal::a_withdrawn_story_is_gone_from_everywhere",
    "S2": "attacks_on_the_tree::s2_whatever_finds_a_dark_page_the_last_check_refuses_it",
    "S3": "withdrawal::a_story_without_consent_is_dark_everywhere closed_ways::no_such_address_answers",
    "S4": "architecture::nobody_asks_the_live_column_or_switches_triggers_off"
    " architecture::templates_never_ask_the_live_column",
    "S5": "closed_ways::a_restriction_on_a_page_neither_shows_nor_hides_it",
    "S6": "closed_ways::an_app_that_would_open_another_way_out_is_not_installed",
    "S7": "attacks_on_the_tree::s7_what_a_module_is_told_about_it_shows_only_while_it_is_public",
    "S8": "text_links::after_a_withdrawal_only_the_words_of_the_link_stay",
    "S9": "text_links::an_embed_in_a_text_fetches_and_shows_nothing"
    " closed_ways::an_app_that_would_open_another_way_out_is_not_installed",
    "S10": "closed_ways::no_password_page_tells_which_pages_there_are",
    "S11": "closed_ways::a_draft_that_changes_its_address_leaves_no_way_from_the_old_one",
    "S12": "disclosure::nobody_else_finds_it_any_way admin_walk::nothing_of_another_partner_comes_out",
    "S13": "no_clue::whatever_is_asked_the_answer_is_the_same",
    "S14": "closed_ways::an_app_that_would_open_another_way_out_is_not_installed",
    "S15": "settings::logs_hold_no_title_and_no_address_that_wagtail_writes"
    " settings::logs_hold_neither_path_nor_the_words_of_an_error",
    "S16": "closed_ways::a_page_is_read_and_nothing_else",
    "S17": "withdrawal::a_withdrawn_story_is_gone_from_everywhere"
    " templates_css::a_storys_page_offers_nothing_to_share_and_names_no_story_in_the_tab",
    "X1": "search::the_words_of_a_dark_story_are_not_even_kept_for_search"
    " erasure_check::wagtails_own_index_holds_no_word_of_a_story_beyond_its_title",
    "X2": "search::an_unpublished_page_is_not_kept_for_search",
    "X3": "erasure_check::wagtails_own_index_holds_no_word_of_a_story_beyond_its_title",
    "X4": "search::a_story_is_found_while_it_may_be_shown",
    "X6": "erasure::nothing_is_left_of_an_erased_story",
    "X7": "no_clue::did_you_mean_tells_no_word_of_a_story_that_has_lapsed",
    "M1": "media::the_address_of_an_original_is_nobodys"
    " no_clue::every_size_of_a_picture_is_gone_and_answers_as_one_that_never_was",
    "M2": "closed_ways::wagtails_signed_addresses_of_pictures_lead_nowhere",
    "M3": "pictures_kept::nothing_is_kept_that_cannot_be_seen media::renditions_carry_nothing_hidden_either",
    "M4": "closed_ways::no_such_address_answers",
    "M5": "files_of_a_story::a_document_leaves_only_while_a_public_page_shows_it",
    "M6": "erasure::a_file_that_stays_on_the_disk_is_a_failure",
    "M7": "files_of_a_story::no_upload_waits_half_done_on_the_disk",
    "M8": "media::an_upload_is_cleaned_and_its_name_is_opaque",
    **dict.fromkeys(["E1", "E2", "E3", "E4", "E5", "E7"], "erasure::nothing_is_left_of_an_erased_story"),
    "E6": "closed_ways::an_app_that_would_open_another_way_out_is_not_installed",
    "E8": "erasure::an_alias_made_past_the_screens_goes_too",
    "E9": "files_of_a_story::no_template_keeps_a_piece_of_a_page_in_a_cache",
    "E10": "mails_hold_no_words::a_workflow_from_its_beginning_to_its_end mails_hold_no_words::comments_of_colleagues",
    "E12": "wellness::the_databases_own_log_repeats_nothing_that_somebody_typed",
    "E11": "settings::logs_hold_neither_path_nor_the_words_of_an_error"
    " withdrawal::a_story_everyone_agreed_to_is_shown_and_kept_nowhere",
    "C1": "withdrawal::a_story_everyone_agreed_to_is_shown_and_kept_nowhere",
    "C2": "kept_nowhere::what_names_a_story_is_kept_nowhere kept_nowhere::a_view_that_nobody_thought_of_is_covered",
    "C3": "closed_ways::an_app_that_would_open_another_way_out_is_not_installed",
    "C4": "no_clue::whatever_is_asked_the_answer_is_the_same",
    "C5": "closed_ways::a_draft_that_changes_its_address_leaves_no_way_from_the_old_one",
    "C6": "sign_in::asking_for_a_new_password_says_the_same_whether_or_not_there_is_an_account",
    "C7": "closed_ways::no_such_address_answers",
    "A1": "reading::the_page_chooser_shows_drafts_to_their_own_partner_only"
    " reading::a_dark_story_is_read_by_its_own_partner_only",
    **dict.fromkeys(["A2", "A3", "A8", "A11"], WALK),
    "A4": "attacks_between_partners::a4_an_address_that_is_typed_is_not_turned_into_the_title_of_its_page",
    "A5": "foreign_ids::a5_a_new_page_with_a_foreign_number_is_refused_and_not_previewed"
    " foreign_ids::a5_a_picture_pasted_into_text_is_dropped foreign_ids::a5_a_logo_of_another_partner_is_refused"
    " references::each_kind_is_refused_wherever_it_stands admin_posts::nothing_is_written",
    "A6": "attacks_on_the_tree::p14_the_admins_api_and_its_actions_are_closed_to_partners",
    "A7": "attacks_between_partners::a7_choosers_of_snippets_ask_nobody_so_nothing_of_a_partner_is_one",
    "A9": "roles::each_role_holds_exactly_this foreign_ids::a17_a18_a19_nobody_holds_people_groups_sites_or_privacy",
    "A10": "foreign_ids::a10_filters_name_colleagues_only",
    "A12": "admin_walk::no_tags_can_be_written_that_all_partners_would_share",
    "A13": "attacks_between_partners::a13_the_first_screen_forgets_a_page_that_went_to_another_partner",
    "A14": "foreign_ids::a14_a_comment_mail_holds_no_words_whoever_still_gets_it",
    "A15": "attacks_between_partners::a15_whoever_approves_for_a_section_is_of_its_partner",
    "A16": "attacks_between_partners::a16_the_owner_of_a_page_in_another_section_may_do_nothing_with_it",
    "A17": "colleagues::no_role_reaches_another_partners_people_administrators_groups_sites_or_settings"
    " foreign_ids::a17_a18_a19_nobody_holds_people_groups_sites_or_privacy",
    **dict.fromkeys(["A18", "A19"], "foreign_ids::a17_a18_a19_nobody_holds_people_groups_sites_or_privacy"),
    "A20": "roles::each_role_holds_exactly_this",
    **dict.fromkeys(["A21", "A23"], "admin_walk::what_all_may_open_says_nothing_of_another_partner_either"),
    "A22": "uploads::an_author_brings_nothing_into_another_partners_folder_nor_the_shared_one",
}
NUMBERS = [
    *[f"P{n}" for n in range(1, 26)],
    *[f"S{n}" for n in range(1, 18)],
    *["X1", "X2", "X3", "X4", "X6", "X7"],
    *[f"M{n}" for n in range(1, 9)],
    *[f"E{n}" for n in range(1, 13)],
    *[f"C{n}" for n in range(1, 8)],
    *[f"A{n}" for n in range(1, 24)],
]


@cache
def names_in(file: str) -> frozenset[str]:
    (path,) = TESTS.rglob(f"test_{file}.py")
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("number", NUMBERS)
def test_each_has_its_proof_and_the_proof_is_there(number: str) -> None:
    for proof in PROOFS[number].split():
        file, name = proof.split("::")
        assert f"test_{name}" in names_in(file), proof


def test_no_proof_is_for_nothing() -> None:
    assert set(PROOFS) == set(NUMBERS)
