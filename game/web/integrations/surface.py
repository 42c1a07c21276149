"""What the pages of integrations share."""

from flask import Blueprint

blueprint = Blueprint("integrations", __name__)
