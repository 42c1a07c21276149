"""Live: who is connected, and what they are shown. Knows no rule of any round."""
