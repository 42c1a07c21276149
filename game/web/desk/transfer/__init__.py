"""Files and targets: what comes in and goes out."""
