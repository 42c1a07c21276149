"""The rules of the game: plain functions over frozen data; no clock, no dice, no database."""
