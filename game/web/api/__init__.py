"""The HTTP API: what programs read and write, each with a token of somebody who may."""
