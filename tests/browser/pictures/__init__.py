"""`make pictures`: every screen in every state as a picture, and one page to look at them all.

Phone, tablet, laptop, paper, 16:9, 4:3 and 4K, in each language, by day and night. A page that is
wider than its screen, or a big screen that is cut below, is told at the top of the sheet.
"""
