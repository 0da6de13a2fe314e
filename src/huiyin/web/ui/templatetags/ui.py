"""One library for all components: {% load ui %}. What each tag takes is in docs/components.md and in huiyin/web/ui/tags/.

Frame: rail search_box key_hint key_table key_groups toasts notices_from_messages preference language_link footer_links
Forms: button linkbutton buttons field choices error_summary wrong_first upload lookup lookup_options
Shown: notice summary_list status_box status_cell timeline history due due_cells day_ruler clock path claims action_panel
       suggestion dialog code receipt_box steps back door echo photos heading rows_table pagination empty chips tabs progress wrong
Words: icon copy; filters day moment tel said phrases month_words weekday_sign
"""

from django import template

from huiyin.web.ui.tags import forms, frame, showing, words

register = template.Library()
for _themed in (forms, frame, showing, words):
    register.tags.update(_themed.register.tags)
    register.filters.update(_themed.register.filters)
