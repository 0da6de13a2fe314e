"""Supervision (督办): alarms that ring, are taken note of or climb, and end with their cause; what supervisors ask for."""
