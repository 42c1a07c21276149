"""All tables in one place to import from, so that none is forgotten by a migration."""

from game.store.tables.api_token import ApiAnswer, ApiToken
from game.store.tables.audit_entry import AuditEntry
from game.store.tables.audit_head import AuditHead
from game.store.tables.brief import BriefRow
from game.store.tables.chat_room import ChatRoom
from game.store.tables.colleague import Colleague
from game.store.tables.company_fact import CompanyFact
from game.store.tables.cv_reading import CvReading
from game.store.tables.document import Document, PassageRow
from game.store.tables.double import Compared, Double, LeadBlock
from game.store.tables.draft import Draft
from game.store.tables.export_mapping import ExportMapping
from game.store.tables.feed import Feed
from game.store.tables.former_key import FormerKey
from game.store.tables.grid import Grid, GridInterview, GridPassage
from game.store.tables.helper import Helper
from game.store.tables.import_file import ImportFile
from game.store.tables.import_profile import ImportProfile
from game.store.tables.interview import Interview
from game.store.tables.invitation import Invitation
from game.store.tables.job import Job
from game.store.tables.lead import Lead
from game.store.tables.lead_key import LeadKey
from game.store.tables.lead_tag import LeadTag
from game.store.tables.letter import Letter
from game.store.tables.listed_company import ListedCompany
from game.store.tables.logo import Logo
from game.store.tables.mailing import Mailing
from game.store.tables.merge import Merge
from game.store.tables.message_template import MessageTemplate
from game.store.tables.nomination import Nomination
from game.store.tables.notice import Notice
from game.store.tables.objection import Objection
from game.store.tables.occasion import Arrival, GuestCard, Occasion
from game.store.tables.occupation import Occupation, OccupationTitle
from game.store.tables.offered_way import OfferedWay
from game.store.tables.own_words import OwnWords
from game.store.tables.place import Place
from game.store.tables.player import Player
from game.store.tables.point import Point
from game.store.tables.pool_import import (
    Imported,
    PoolImport,
)
from game.store.tables.position import Position
from game.store.tables.projector_line import ProjectorLine
from game.store.tables.push import Push, PushItem
from game.store.tables.recommendation import Recommendation
from game.store.tables.recovery_code import RecoveryCode
from game.store.tables.reference_file import ReferenceFile
from game.store.tables.remote import Remote
from game.store.tables.remote_link import RemoteLink
from game.store.tables.round import RoundRow
from game.store.tables.saved_view import SavedView
from game.store.tables.second_factor import SecondFactor
from game.store.tables.sign_in import SignIn
from game.store.tables.sound import Sound
from game.store.tables.submission import Submission
from game.store.tables.suppression import Suppression
from game.store.tables.target_company import TargetCompany
from game.store.tables.target_setting import TargetSetting
from game.store.tables.team import Team
from game.store.tables.told_origin import ToldOrigin
from game.store.tables.touch_rule import TouchRule
from game.store.tables.touchpoint import Touchpoint
from game.store.tables.trial import Trial
from game.store.tables.user import User
from game.store.tables.verdict import Verdict
from game.store.tables.webhook import Webhook, WebhookDelivery
from game.store.tables.wording_choice import WordingChoice
from game.store.tables.worker import WorkerRow
from game.store.tables.workshop import Workshop
from game.store.tables.year_link import YearLink, YearLinkPlayer

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "Arrival",
    "AuditEntry",
    "AuditHead",
    "BriefRow",
    "ChatRoom",
    "Colleague",
    "CompanyFact",
    "Compared",
    "CvReading",
    "Document",
    "Double",
    "Draft",
    "ExportMapping",
    "Feed",
    "FormerKey",
    "Grid",
    "GridInterview",
    "GridPassage",
    "GuestCard",
    "Helper",
    "ImportFile",
    "ImportProfile",
    "Imported",
    "Interview",
    "Invitation",
    "Job",
    "Lead",
    "LeadBlock",
    "LeadKey",
    "LeadTag",
    "Letter",
    "ListedCompany",
    "Logo",
    "Mailing",
    "Merge",
    "MessageTemplate",
    "Nomination",
    "Notice",
    "Objection",
    "Occasion",
    "Occupation",
    "OccupationTitle",
    "OfferedWay",
    "OwnWords",
    "PassageRow",
    "Place",
    "Player",
    "Point",
    "PoolImport",
    "Position",
    "ProjectorLine",
    "Push",
    "PushItem",
    "Recommendation",
    "RecoveryCode",
    "ReferenceFile",
    "Remote",
    "RemoteLink",
    "RoundRow",
    "SavedView",
    "SecondFactor",
    "SignIn",
    "Sound",
    "Submission",
    "Suppression",
    "TargetCompany",
    "TargetSetting",
    "Team",
    "ToldOrigin",
    "TouchRule",
    "Touchpoint",
    "Trial",
    "User",
    "Verdict",
    "Webhook",
    "WebhookDelivery",
    "WordingChoice",
    "WorkerRow",
    "Workshop",
    "YearLink",
    "YearLinkPlayer",
]
