"""The roster as people bring it: tables with headings of their own, brought into the house without doubles or losses."""
