"""Huiyin 回音: every letter, visit and call of a retired person gets an answer, by the date that the law sets."""
