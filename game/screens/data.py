"""The one object that every screen's template is given as `show`; nothing personal is in it."""

from dataclasses import dataclass

from markupsafe import Markup

from game.rules.pack import Points
from game.rules.view import TypedText, View
from game.workshop.pace import Pace
from game.workshop.state import Counts
from game.workshop.yielded import Yielded


@dataclass(frozen=True)
class WorkshopShown:
    """A workshop, as screens know it."""

    id: str
    name: str
    lang: str
    code: str
    stage: str
    door_open: bool
    asks: str
    teaming: str
    version: int
    held_on: str
    code_expired: bool = False
    sort: str = "real"
    boards: str = "each"
    auto: bool = False
    auto_at: int | None = None
    presence: bool = False


@dataclass(frozen=True)
class Dressed:
    """What screens wear: a welcome, the addresses of a brand's sheet and logo, the room's Wi-Fi.

    `theme` is the projector's, night or day; with `tones` it sounds. `cover` stands
    over all screens, break or data, empty for none; a break lasts `until` (milliseconds since the
    epoch), which is `back_at` in words.
    """

    welcome: str = ""
    sheet: str = ""
    logo: str = ""
    wifi_name: str = ""
    wifi_password: str = ""
    theme: str = "night"
    tones: bool = False
    cover: str = ""
    until: int | None = None
    back_at: str = ""


BARE = Dressed()


@dataclass(frozen=True)
class BriefShown:
    """The card of an open position."""

    title: str
    must_haves: tuple[str, ...]
    where: str
    why: str
    requisition_ref: str
    trade: str
    pay: str


@dataclass(frozen=True)
class RoundShown:
    """The current round; times in milliseconds since the epoch, `left_ms` only while paused.

    The remote has the room's own `texts`, and whether it `can_vote` on them.

    A round that is not `playable` has no view, and no template of its kind is drawn.
    """

    id: str
    kind: str
    number: int
    total: int
    title: str
    phase: str
    seconds: int
    closes_at: int | None
    left_ms: int | None
    page: int
    pages: int
    brief: BriefShown | None
    view: View | None
    worth: Points | None
    names_leads: bool = False
    warm_up: bool = False
    texts: tuple[TypedText, ...] = ()
    moderated: bool = False
    can_vote: bool = False

    @property
    def playable(self) -> bool:
        """Can it be shown?"""
        return self.view is not None

    @property
    def paused(self) -> bool:
        """Does the clock stand still?"""
        return self.phase == "open" and self.left_ms is not None


@dataclass(frozen=True)
class AgendaLine:
    """One round of the agenda, for the remote; `shorten` is to how many seconds, where it helps."""

    id: str
    number: int
    kind: str
    title: str
    phase: str
    seconds: int
    current: bool
    shorten: int = 0
    warm_up: bool = False


@dataclass(frozen=True)
class PlayerShown:
    """A player by nickname."""

    id: str
    nickname: str
    team_name: str
    team_shape: str
    online: bool
    removed: bool = False
    doubtful: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class TeamShown:
    """A team and how many are in it."""

    id: str
    name: str
    shape: str
    members: int


@dataclass(frozen=True)
class BoardRow:
    """A line of the players' board; `was` is the rank before the last round, 0 for none."""

    rank: int
    nickname: str
    team_shape: str
    points: int
    was: int = 0


@dataclass(frozen=True)
class TeamRow:
    """A line of the teams' board."""

    rank: int
    name: str
    shape: str
    points: int
    members: int


@dataclass(frozen=True)
class BoardShown:
    """The top of the board, the teams, and who climbed; never the bottom."""

    rows: tuple[BoardRow, ...]
    teams: tuple[TeamRow, ...]
    climbers: tuple[tuple[str, int], ...]
    basis: str


@dataclass(frozen=True)
class Notices:
    """What a player is told about their data, and after how many days they are gone."""

    player: str
    player_short: str
    player_days: int = 0


@dataclass(frozen=True)
class ScreenData:
    """What a screen shows. Phones of one language share it. `others` are players not listed.

    For the remote: how many projectors are connected, the round that the next step is about, the
    speaker's notes on it, until when the last move can be taken back, and the pace. For the
    projector: the signs that prove presence, and how long they still stand.
    """

    workshop: WorkshopShown
    join_url: str
    join_short: str
    qr_svg: Markup
    unreachable: bool
    round: RoundShown | None
    next_label: str
    agenda: tuple[AgendaLine, ...]
    counts: Counts
    players: tuple[PlayerShown, ...]
    others: int
    teams: tuple[TeamShown, ...]
    board: BoardShown | None
    notices: Notices
    projector_url: str = ""
    projectors: int = 0
    step_line: AgendaLine | None = None
    notes: str = ""
    undo_until: int = 0
    pace: Pace | None = None
    nickname_offer: str = ""
    yielded: Yielded | None = None
    dressed: Dressed = BARE
    signs: tuple[str, ...] = ()
    signs_left_ms: int = 0
