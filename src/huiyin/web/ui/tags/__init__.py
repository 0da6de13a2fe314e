"""The template tags, by theme; `huiyin.web.ui.templatetags.ui` gathers them into one library."""
