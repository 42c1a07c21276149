"""What the law's pages share."""

from flask import Blueprint

blueprint = Blueprint("law", __name__)
