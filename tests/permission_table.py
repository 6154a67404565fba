"""Who may do what at which address: one line for each, and no address without a line.

`test_permissions.py` holds every line against what the address answers to everybody. Who may:

    everyone      guests too
    account       whoever is signed in
    party         the person whom the thing is about, or a colleague; what makes somebody one is a fact of its area
    office, lead  Redaktion and Leitung; the Leitung
    nobody        refused to all: what it opens is switched off or over (a provider, the demo, the first
                  run), or it leads to the sign-in
    -             not a method of this address

HEAD is answered like GET; all other methods are refused, but for OPTIONS of `api`. The last column is what the view
itself declares (`akademie.core.access`). A line that begins with a slash stands for all addresses of a package below
it; the longer one wins. Of allauth no address is open: its protocols stand behind ours.
"""

TABLE = """\
address                        GET           POST          declared
accounts:sign_in               everyone      everyone      public
accounts:use_mail_code         everyone      everyone      public
accounts:use_recovery_code     everyone      everyone      public
accounts:sign_in_by_passkey    everyone      everyone      public
accounts:sign_in_by_password   everyone      everyone      public
accounts:ask_provider          -             nobody        public
accounts:provider_return       nobody        -             public
accounts:second_factor         everyone      everyone          public
accounts:confirm               everyone      everyone      public
accounts:sign_out              -             everyone      public
accounts:account               account       account       signed in
accounts:address               account       account       signed in
accounts:confirm_address       party         party         signed in
accounts:leave_provider        -             account       signed in
accounts:app                   account       account       signed in
accounts:prove                 account       account       signed in
accounts:recovery_codes        party+lead    party+lead    accounts.keep_recovery_codes
accounts:passkeys              account       account       signed in
accounts:password              account       account       signed in
accounts:end_sessions          -             account       signed in
accounts:second_factors        account       -             signed in

api:index                      everyone      -             public
api:description                everyone      -             public
api:docs                       everyone      -             public
api:records                    everyone      -             public
api:record                     everyone      -             public
api:nothing                    nobody        -             public
api:data                       everyone      -             public
api:catalogue                  everyone      -             public
api:vocabulary                 everyone      -             public
api:download                   everyone      -             public
api:feed_praxis                everyone      -             public
api:feed_bibliothek            everyone      -             public
api:feed_formate               everyone      -             public
api:feed_aktuelles             everyone      -             public
api:town_feed                  everyone      -             public
api:topic_feed                 everyone      -             public
api:robots                     everyone      -             public
api:sitemap                    everyone      -             public
api:sitemap_file               everyone      -             public

cms:imprint                    everyone      -             public
cms:privacy                    everyone      -             public
cms:terms                      everyone      -             public
cms:house_rules                everyone      -             public
cms:accessibility              everyone      -             public
cms:easy_language              everyone      -             public
cms:sign_language              everyone      -             public
cms:sources                    everyone      -             public
cms:report_barrier             everyone      everyone      public
cms:barrier_reported           everyone      -             public
cms:after_set_up               lead          -             cms.set_up
cms:set_up                     nobody        nobody        public
cms:news                       everyone      -             public
cms:news_item                  everyone      -             public
wagtailcore_login              nobody        -             public
wagtail_serve                  everyone      -             public

core:gallery                   everyone      -             public
core:gallery_points            everyone      -             public
core:outline                   everyone      -             public

exchange:overview              everyone      -             public
exchange:ask                   everyone      everyone      public
exchange:asked                 everyone      -             public
exchange:confirm               everyone      everyone      public
exchange:my_requests           account       -             signed in
exchange:move                  -             office        exchange.move_request

files:picture                  everyone      -             public

formats:index                  everyone      -             public
formats:table                  everyone      -             public
formats:table_csv              everyone      -             public
formats:profile                everyone      -             public
formats:steckbrief             everyone      -             public

library:item_list              everyone      -             public
library:item                   everyone      -             public
library:citation_file          everyone      -             public

moderation:report_content      everyone      everyone      public
moderation:reported            everyone      -             public
moderation:reports             office        -             moderation.see
moderation:report              office        office        moderation.decide
moderation:forget_reporter     -             office        moderation.decide

notifications:mail_link        everyone      everyone      public
notifications:unsubscribe      everyone      everyone      public
notifications:choices          account       account       signed in
notifications:silent_addresses office        -             notifications.keep_addresses
notifications:silent_address   office        office        notifications.keep_addresses
notifications:decide_address   -             office        notifications.keep_addresses

operation:security_txt         everyone      -             public
operation:health               everyone      -             public
operation:public_visits        everyone      -             public
operation:months_csv           everyone      -             public
operation:pages_csv            everyone      -             public
operation:overview             office        -             operation.see
operation:look                 -             office        operation.see
operation:errors               office        -             operation.see
operation:mark_error           -             office        operation.see
operation:backups              office        -             operation.see
operation:make_backup          -             office        operation.see
operation:drill                -             office        operation.see
operation:download_backup      -             lead          operation.download_backup
operation:mails                office        -             operation.see
operation:send_again           -             office        operation.see
operation:send_test_mail       -             office        operation.see
operation:confirm_test_mail    office        office        operation.see
operation:visits               office        -             operation.see
operation:duties               office        -             operation.see
operation:confirm_secret_key   -             lead          operation.go_live
operation:remove_demo          lead          lead          operation.go_live
operation:demo_mails           nobody        -             public

people:people                  everyone      -             public
people:profile                 everyone      -             public
people:write                   everyone      everyone      public
people:written                 everyone      -             public
people:own_profile             account       account       signed in
people:own_topics              account       account       signed in
people:memberships             account       -             signed in
people:join                    account       account       signed in
people:decide                  party+office  party+office  people.decide_joining
people:change                  party         party         people.change_membership
people:end                     party+office  party+office  people.end_membership
people:hand_over               party+office  party+office  people.hand_over
people:withdraw_offer          -             party+office  people.hand_over
people:follow                  party         party         people.follow
people:who_acts                account       account       signed in
people:joinings                office        -             people.keep_memberships

portal:start                   everyone      -             public
portal:guide                   everyone      -             public
portal:code                    everyone      -             public
portal:explained               everyone      -             public
portal:help                    everyone      -             public
portal:help_card               everyone      -             public
portal:help_picture            everyone      -             public
portal:my_area                 account       -             signed in
portal:subscribe               -             account       signed in
portal:my_calendar             everyone      -             public
portal:desk                    office        -             portal.see_desk
portal:look_as                 lead          lead          portal.look_as
portal:stop_viewing            -             account       signed in
portal:handbook                office        -             portal.see_desk
portal:handbook_card           office        -             portal.see_desk
portal:handbook_picture        office        -             portal.see_desk

practices:case_list            everyone      -             public
practices:case_map             everyone      -             public
practices:case_points          everyone      -             public
practices:case                 everyone      -             public

privacy:my_data                account       account       signed in
privacy:download               party         -             signed in
privacy:erase_account          account       account       signed in
privacy:ask_for_link           everyone      everyone      public
privacy:link_sent              everyone      -             public
privacy:erased                 everyone      -             public
privacy:archive                everyone      everyone      public
privacy:by_address             everyone      -             public
privacy:order_by_address       -             everyone      public
privacy:erase_address          -             everyone      public
privacy:retention              office        -             privacy.see
privacy:rule                   office        -             privacy.see
privacy:note_offer             -             lead          privacy.decide
privacy:holds                  office        -             privacy.see
privacy:lift                   -             lead          privacy.decide
privacy:hold                   lead          lead          privacy.decide
privacy:register               office        -             privacy.see
privacy:register_file          office        -             privacy.see
privacy:erase_person           lead          lead          privacy.decide
privacy:log                    lead          -             privacy.read_log
privacy:log_file               lead          -             privacy.read_log

search:search                  everyone      -             public
search:suggestions             everyone      -             public

topics:topic_list              everyone      -             public
topics:topic                   everyone      -             public

towns:town_list                everyone      -             public
towns:town_map                 everyone      -             public
towns:town_points              everyone      -             public
towns:forget                   -             everyone      public
towns:profile                  everyone      -             public
towns:remember                 -             everyone      public

/dokumente/                    everyone      -             wagtail
/geschaeftsstelle/cms/         office        -             wagtail
/geschaeftsstelle/cms/jsi18n/  everyone      -             wagtail
/geschaeftsstelle/cms/sprite/  everyone      -             wagtail
"""
