"""会议: pages below /desk/meetings/."""
