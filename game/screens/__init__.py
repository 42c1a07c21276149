"""Screens: what a surface shows now, rendered once a language for everybody who looks at it."""
