"""What the desk knows of a post: its dossier, its interview grid."""
