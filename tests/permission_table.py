"""Who may do what at which address: one line for each, and no address without a line.

`test_permissions.py` holds every line against what the address answers to everybody. Who may:

    everyone      guests too
    account       whoever is signed in
    party         the person whom the thing is about, or a colleague; what makes somebody one is a fact of its area
    office, lead  Redaktion and Leitung; the Leitung
    nobody        refused to all: what it opens is switched off or over (a provider, the demo, the first
                  run), or it leads to the sign-in
    key           whoever shows an access key (Zugangsschlüssel) in a header, whatever cookie comes along; stands
                  for PUT too, and for the kinds that programs hand in (`akademie/api/tests/test_writing.py`)
    -             not a method of this address

`seen` says whether *Ansehen als* shows the address to the Leitung: only what is public, and of the rest what is marked
as `viewable`. Never rooms, observations, ballots, reviews or somebody's account.

HEAD is answered like GET; all other methods are refused, but for OPTIONS of `api`. The last column is what the view
itself declares (`akademie.core.access`). A line that begins with a slash stands for all addresses of a package below
it; the longer one wins. Of allauth no address is open: its protocols stand behind ours.
"""

TABLE = """\
address                        GET           POST          seen  declared
accessibility:report_barrier   everyone      everyone      yes   public
accessibility:barrier_reported everyone      -             yes   public
accessibility:barriers         office        -             no    accessibility.answer
accessibility:barrier          office        office        no    accessibility.answer
accessibility:see_to           -             office        -     accessibility.answer
accessibility:note_fixed       -             office        -     accessibility.answer
accessibility:forget_reporter  -             office        -     accessibility.answer
accessibility:statement        office        -             no    accessibility.review
accessibility:review           office        office        no    accessibility.review
accessibility:new_entry        office        office        no    accessibility.review
accessibility:change_entry     office        office        no    accessibility.review
accessibility:take_out         -             office        -     accessibility.review

accounts:sign_in               everyone      everyone      no    public
accounts:use_mail_code         everyone      everyone      no    public
accounts:use_recovery_code     everyone      everyone      no    public
accounts:sign_in_by_passkey    everyone      everyone      no    public
accounts:sign_in_by_password   everyone      everyone      no    public
accounts:ask_provider          -             nobody        -     public
accounts:provider_return       nobody        -             no    public
accounts:second_factor         everyone      everyone      no    public
accounts:confirm               everyone      everyone      no    public
accounts:sign_out              -             everyone      -     public
accounts:resume                account       -             no    signed in
accounts:account               account       account       no    signed in
accounts:address               account       account       no    signed in
accounts:confirm_address       party         party         no    signed in
accounts:leave_provider        -             account       -     signed in
accounts:app                   account       account       no    signed in
accounts:prove                 account       account       no    signed in
accounts:recovery_codes        party+lead    party+lead    no    accounts.keep_recovery_codes
accounts:passkeys              account       account       no    signed in
accounts:password              account       account       no    signed in
accounts:end_sessions          -             account       -     signed in
accounts:second_factors        account       -             no    signed in

api:index                      everyone      -             yes   public
api:description                everyone      -             yes   public
api:docs                       everyone      -             yes   public
api:records                    everyone      key           yes   public
api:record                     everyone      key           yes   public
api:nothing                    nobody        -             yes   public
api:keys                       office        office        no    api.keep_keys
api:data                       everyone      -             yes   public
api:catalogue                  everyone      -             yes   public
api:vocabulary                 everyone      -             yes   public
api:download                   everyone      -             yes   public
api:feed_praxis                everyone      -             yes   public
api:feed_bibliothek            everyone      -             yes   public
api:feed_formate               everyone      -             yes   public
api:feed_veranstaltungen       everyone      -             yes   public
api:feed_aktuelles             everyone      -             yes   public
api:town_feed                  everyone      -             yes   public
api:topic_feed                 everyone      -             yes   public
api:robots                     everyone      -             yes   public
api:sitemap                    everyone      -             yes   public
api:sitemap_file               everyone      -             yes   public

cms:imprint                    everyone      -             yes   public
cms:privacy                    everyone      -             yes   public
cms:terms                      everyone      -             yes   public
cms:house_rules                everyone      -             yes   public
cms:accessibility              everyone      -             yes   public
cms:easy_language              everyone      -             yes   public
cms:sign_language              everyone      -             yes   public
cms:sources                    everyone      -             yes   public
cms:after_set_up               lead          -             no    cms.set_up
cms:versions                   office        -             no    cms.see_versions
cms:new_page                   office        office        no    cms.write_pages
cms:set_up                     nobody        nobody        no    public
cms:news                       everyone      -             yes   public
cms:news_item                  everyone      -             yes   public
wagtailcore_login              nobody        -             no    public
wagtail_serve                  everyone      -             yes   public

core:favicon                   everyone      -             yes   public
core:gallery                   everyone      -             yes   public
core:gallery_points            everyone      -             yes   public
core:outline                   everyone      -             yes   public
core:oembed                    everyone      -             yes   public
core:embed                     everyone      -             yes   public
core:embedded                  everyone      -             yes   public
core:embedded_copy             everyone      -             yes   public

easy:film                      everyone      -             yes   public
easy:captions                  everyone      -             yes   public

events:office_events           office        -             no    events.publish_event
events:types                   office        office        no    events.keep_types
events:type                    office        office        no    events.keep_types
events:arrange_type            -             office        -     events.keep_types
events:office_event            office        -             no    events.publish_event
events:publish                 -             office        -     events.publish_event
events:give_back               -             office        -     events.publish_event
events:calendar                everyone      -             yes   public
events:index                   everyone      -             yes   public
events:detail_calendar         everyone      -             yes   public
events:detail                  everyone      -             yes   public
events:format_results          everyone      -             yes   public
events:prepare                 party+office  -             no    events.host_event
events:release                 -             party+office  -     events.host_event
events:change                  party+office  party+office  no    events.host_event
events:agenda                  party+office  party+office  no    events.host_event
events:script                  party+office  -             no    events.host_event
events:tasks                   party+office  party+office  no    events.host_event
events:tasks_calendar          party+office  -             no    events.host_event
events:task                    party+office  party+office  no    events.host_event
events:task_done               -             party+office  -     events.host_event
events:text                    party+office  party+office  no    events.host_event
events:recap                   party+office  party+office  no    events.host_event
events:afterwards              party+office  party+office  no    events.host_event
events:cancel                  party+office  party+office  no    events.host_event

exchange:overview              everyone      -             yes   public
exchange:ask                   everyone      everyone      yes   public
exchange:asked                 everyone      -             yes   public
exchange:confirm               everyone      everyone      yes   public
exchange:my_requests           account       -             yes   signed in
exchange:move                  -             office        -     exchange.move_request

files:picture                  everyone      -             yes   public
files:media                    office        -             no    files.keep_media
files:delete                   -             office        -     files.keep_media
files:shrink                   -             office        -     files.keep_media
files:mark_accessible          -             office        -     files.keep_media

formats:index                  everyone      -             yes   public
formats:table                  everyone      -             yes   public
formats:table_csv              everyone      -             yes   public
formats:finder                 everyone      -             yes   public
formats:run_reports            everyone      -             yes   public
formats:enter_run              account       account       no    signed in
formats:run                    party         -             no    formats.keep_run
formats:enter_minutes          -             party         -     formats.keep_run
formats:write_report           -             party         -     formats.keep_run
formats:reports_to_release     office        -             no    formats.release_reports
formats:report                 office        office        no    formats.release_reports
formats:return_report          -             office        -     formats.release_reports
formats:correct_minutes        -             office        -     formats.release_reports
formats:profile                everyone      -             yes   public
formats:steckbrief             everyone      -             yes   public
formats:steckbrief_docx        everyone      -             yes   public
formats:script                 everyone      -             yes   public
formats:script_offline         everyone      -             yes   public
formats:start                  everyone      account       yes   public
formats:make_variant           account       account       no    signed in
formats:variant                party+office  party+office  no    formats.edit_variant
formats:hand_in_variant        -             party+office  -     formats.edit_variant
formats:delete_variant         -             party+office  -     formats.edit_variant
formats:give_back_variant_field -            party+office  -     formats.edit_variant
formats:propose                account       account       no    signed in
formats:variants_to_decide     office        -             no    formats.decide
formats:variant_to_decide      office        -             no    formats.decide
formats:publish_variant        -             office        -     formats.decide
formats:give_back_variant      -             office        -     formats.decide
formats:proposals              office        -             no    formats.decide
formats:proposal               office        -             no    formats.decide
formats:take_proposal          -             office        -     formats.decide
formats:leave_proposal         -             office        -     formats.decide
formats:checklist              everyone      -             yes   public
formats:templates              everyone      -             yes   public
formats:template_txt           everyone      -             yes   public
formats:template_docx          everyone      -             yes   public

library:item_list              everyone      -             yes   public
library:item                   everyone      -             yes   public
library:citation_file          everyone      -             yes   public

editing:readable               everyone      -             yes   public
editing:approve                everyone      everyone      yes   public
editing:approvals              office        -             no    editing.ask_for_approval
editing:approvals_of           office        office        no    editing.ask_for_approval
editing:approval_version       office        -             no    editing.ask_for_approval
editing:remind                 -             office        -     editing.ask_for_approval
editing:ask_again              -             office        -     editing.ask_for_approval
editing:withdraw_approval      -             office        -     editing.ask_for_approval
editing:publish_anyway         -             lead          -     editing.publish_without_approval
editing:upkeep                 office        -             no    editing.look_after
editing:share                  -             office        -     editing.look_after
editing:one_upkeep             office        -             no    editing.look_after
editing:look_after             -             office        -     editing.look_after
editing:still_right            -             office        -     editing.look_after
editing:must_change            -             office        -     editing.look_after
editing:archive                -             office        -     editing.look_after
editing:absences               office        office        no    editing.name_substitutes
editing:end_absence            -             office        -     editing.name_substitutes

weblinks:archived_copy         everyone      -             yes   public
weblinks:links                 office        -             no    weblinks.keep
weblinks:check_all             -             office        -     weblinks.keep
weblinks:link                  office        -             no    weblinks.keep
weblinks:check_now             -             office        -     weblinks.keep
weblinks:confirm               -             office        -     weblinks.keep
weblinks:replace_everywhere    office        office        no    weblinks.keep
weblinks:edit_place            office        -             no    weblinks.keep

moderation:report_content      everyone      everyone      yes   public
moderation:reported            everyone      -             yes   public
moderation:reports             office        -             no    moderation.see
moderation:report              office        office        no    moderation.decide
moderation:forget_reporter     -             office        -     moderation.decide
moderation:measures            office        -             no    moderation.see
moderation:hide                office        office        no    moderation.decide
moderation:show_again          office        office        no    moderation.decide
moderation:lock                office        office        no    moderation.decide
moderation:unlock              office        office        no    moderation.decide

notifications:mail_link        everyone      everyone      yes   public
notifications:unsubscribe      everyone      everyone      yes   public
notifications:choices          account       account       no    signed in
notifications:silent_addresses office        -             no    notifications.keep_addresses
notifications:silent_address   office        office        no    notifications.keep_addresses
notifications:decide_address   -             office        -     notifications.keep_addresses

operation:security_txt         everyone      -             yes   public
operation:health               everyone      -             yes   public
operation:public_visits        everyone      -             yes   public
operation:months_csv           everyone      -             yes   public
operation:pages_csv            everyone      -             yes   public
operation:overview             office        -             no    operation.see
operation:look                 -             office        -     operation.see
operation:errors               office        -             no    operation.see
operation:mark_error           -             office        -     operation.see
operation:backups              office        -             no    operation.see
operation:make_backup          -             office        -     operation.see
operation:drill                -             office        -     operation.see
operation:download_backup      -             lead          -     operation.download_backup
operation:mails                office        -             no    operation.see
operation:send_again           -             office        -     operation.see
operation:send_test_mail       -             office        -     operation.see
operation:confirm_test_mail    office        office        no    operation.see
operation:visits               office        -             no    operation.see
operation:duties               office        -             no    operation.see
operation:confirm_secret_key   -             lead          -     operation.go_live
operation:remove_demo          lead          lead          no    operation.go_live
operation:demo_mails           nobody        -             yes   public

people:people                  everyone      -             yes   public
people:profile                 everyone      -             yes   public
people:write                   everyone      everyone      yes   public
people:written                 everyone      -             yes   public
people:own_profile             account       account       no    signed in
people:own_topics              account       account       no    signed in
people:memberships             account       -             no    signed in
people:join                    account       account       no    signed in
people:decide                  party+office  party+office  no    people.decide_joining
people:change                  party         party         no    people.change_membership
people:end                     party+office  party+office  no    people.end_membership
people:hand_over               party+office  party+office  no    people.hand_over
people:withdraw_offer          -             party+office  -     people.hand_over
people:follow                  party         party         no    people.follow
people:who_acts                account       account       no    signed in
people:joinings                office        -             no    people.keep_memberships

portal:calendar                everyone      -             yes   public
portal:calendar_file           everyone      -             yes   public
portal:start                   everyone      -             yes   public
portal:guide                   everyone      -             yes   public
portal:code                    everyone      -             yes   public
portal:explained               everyone      -             yes   public
portal:words                   everyone      -             yes   public
portal:help                    everyone      -             yes   public
portal:help_card               everyone      -             yes   public
portal:help_picture            everyone      -             yes   public
portal:my_area                 account       -             yes   signed in
portal:subscribe               -             account       -     signed in
portal:my_calendar             everyone      -             yes   public
portal:desk                    office        -             no    portal.see_desk
portal:look_as                 lead          lead          no    portal.look_as
portal:stop_viewing            -             account       -     signed in
portal:handbook                office        -             no    portal.see_desk
portal:handbook_card           office        -             no    portal.see_desk
portal:handbook_picture        office        -             no    portal.see_desk

practices:case_list            everyone      -             yes   public
practices:case_map             everyone      -             yes   public
practices:case_points          everyone      -             yes   public
practices:case                 everyone      -             yes   public

privacy:my_data                account       account       no    signed in
privacy:download               party         -             no    signed in
privacy:erase_account          account       account       no    signed in
privacy:ask_for_link           everyone      everyone      yes   public
privacy:link_sent              everyone      -             yes   public
privacy:erased                 everyone      -             yes   public
privacy:archive                everyone      everyone      yes   public
privacy:by_address             everyone      -             yes   public
privacy:order_by_address       -             everyone      -     public
privacy:erase_address          -             everyone      -     public
privacy:retention              office        -             no    privacy.see
privacy:rule                   office        -             no    privacy.see
privacy:note_offer             -             lead          -     privacy.decide
privacy:holds                  office        -             no    privacy.see
privacy:lift                   -             lead          -     privacy.decide
privacy:hold                   lead          lead          no    privacy.decide
privacy:register               office        -             no    privacy.see
privacy:register_file          office        -             no    privacy.see
privacy:erase_person           lead          lead          no    privacy.decide
privacy:log                    lead          -             no    privacy.read_log
privacy:log_file               lead          -             no    privacy.read_log

questionnaires:questionnaires  office        -             no    questionnaires.build
questionnaires:new_questionnaire office      office        no    questionnaires.build
questionnaires:questionnaire   office        -             no    questionnaires.build
questionnaires:describe        office        office        no    questionnaires.build
questionnaires:copy_questionnaire -          office        -     questionnaires.build
questionnaires:delete_questionnaire -        office        -     questionnaires.build
questionnaires:begin_draft     -             office        -     questionnaires.build
questionnaires:new_question    office        office        no    questionnaires.build
questionnaires:choose_kind     office        -             no    questionnaires.build
questionnaires:preview         office        office        no    questionnaires.build
questionnaires:paper           office        -             no    questionnaires.build
questionnaires:codebook        office        -             no    questionnaires.build
questionnaires:publish         -             office        -     questionnaires.build
questionnaires:discard_draft   -             office        -     questionnaires.build
questionnaires:withdraw        -             office        -     questionnaires.build
questionnaires:change_question office        office        no    questionnaires.build
questionnaires:move_question   -             office        -     questionnaires.build
questionnaires:copy_question   -             office        -     questionnaires.build
questionnaires:delete_question -             office        -     questionnaires.build
questionnaires:withdraw_question -           office        -     questionnaires.build

search:search                  everyone      -             yes   public
search:suggestions             everyone      -             yes   public

surveys:answer                 everyone      everyone      yes   public
surveys:thanks                 everyone      -             yes   public
surveys:poster                 everyone      -             yes   public
surveys:results                party+office  -             no    surveys.see_results
surveys:download               party+office  -             no    surveys.see_results
surveys:close                  -             party+office  -     surveys.manage
surveys:publish                -             party+office  -     surveys.manage
surveys:surveys                office        -             no    surveys.see_all

terms:term_list                everyone      -             yes   public
terms:term                     everyone      -             yes   public

topics:topic_list              everyone      -             yes   public
topics:topic                   everyone      -             yes   public

towns:town_list                everyone      -             yes   public
towns:town_map                 everyone      -             yes   public
towns:town_points              everyone      -             yes   public
towns:forget                   -             everyone      -     public
towns:profile                  everyone      -             yes   public
towns:remember                 -             everyone      -     public

/dokumente/                    everyone      -             no    wagtail
/geschaeftsstelle/cms/         office        -             no    wagtail
/geschaeftsstelle/cms/jsi18n/  everyone      -             no    wagtail
/geschaeftsstelle/cms/sprite/  everyone      -             no    wagtail
"""
