"""Official letters, receipts and their large-print form: plain data in, PDF or docx bytes out.

Nothing here knows the database: a caller hands over the frozen snapshot that a letter was issued from,
so the same letter can be printed again, byte for byte, years later. Official letters are always Chinese
(they are acts under Chinese law); receipts are printed in Chinese or English.
"""
