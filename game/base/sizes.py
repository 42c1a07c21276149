"""Sizes of files, in bytes."""

MEGABYTE = 1024 * 1024
