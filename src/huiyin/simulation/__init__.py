"""Three years of an office in some minutes, with everything going wrong that can, and an auditor who counts what was missed.

The office that is simulated lives in a database of its own that is thrown away. What acts in it is the product itself: its
one door, its bulk path, its sweep, its recomputing. The auditor (`contract`, `days`, `auditing`) shares no code with those.
"""
