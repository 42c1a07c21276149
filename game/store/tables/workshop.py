"""The table of workshops."""

from datetime import date

from sqlalchemy import JSON, Date, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from game.base.json_object import Json
from game.store.base import Base, Millis, new_id, new_key


class Workshop(Base):
    """One live event.

    `starts_at` is when it is to begin, if anybody said. `sort` is real, demo or rehearsal: what the
    other two bring stays out of the pool. `stage` is draft, lobby, round, board, podium or ended.
    `version` grows with every change that a screen shows. `asks` is 'nickname' or 'identity';
    `teaming` is none, free, balanced or department. `capture` is direct, or invite: then nobody
    writes of somebody else. `points` holds only what differs from the content's values. `minutes`
    is how long it is planned to take, `talk` how many seconds of it are talk around each round, set
    when it began at `begun_at`. `boards` says when the room sees one: never, each (after every
    round) or end. While `auto`, the next step is taken at `auto_at`, where one is. `last_move` is
    what can be taken back. `own` is content of its own, by language and part. `copy_of` names the
    workshop that a rehearsal rehearses, `checked` holds what the room check found, and for
    `after_days` players may still add leads. What its screens wear: `theme` is the projector's,
    night or day, and with `tones` it sounds; `welcome` a sentence, and `colour_act` and
    `colour_earn` codes like #0a7f8c, empty for ours. `cover` is what stands over its screens, break
    or data, empty for nothing; `cover_until` is when a break ends. Where it is `moderated` the
    facilitator lets through what a room sees of its own texts. With `presence` its door asks for
    the signs on the big screen; `wrong_signs` guesses as of `wrong_at` were not them.
    """

    __tablename__ = "workshops"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    held_on: Mapped[date | None] = mapped_column(Date)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    code_expires_at: Mapped[int | None] = mapped_column(Millis)
    door_open: Mapped[bool] = mapped_column(default=True)
    sort: Mapped[str] = mapped_column(String(9), default="real", server_default="real")
    asks: Mapped[str] = mapped_column(String(12), default="nickname")
    teaming: Mapped[str] = mapped_column(String(12), default="none")
    capture: Mapped[str] = mapped_column(String(8), default="direct", server_default="direct")
    points: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    stage: Mapped[str] = mapped_column(String(8), default="draft")
    round_id: Mapped[str | None] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(default=1)
    projector_key: Mapped[str] = mapped_column(String(32), default=new_key)
    theme: Mapped[str] = mapped_column(String(5), default="night", server_default="night")
    tones: Mapped[bool] = mapped_column(default=False, server_default=false())
    welcome: Mapped[str] = mapped_column(String(160), default="", server_default="")
    colour_act: Mapped[str] = mapped_column(String(7), default="", server_default="")
    colour_earn: Mapped[str] = mapped_column(String(7), default="", server_default="")
    wifi_name: Mapped[str] = mapped_column(String(32), default="", server_default="")
    wifi_password: Mapped[str] = mapped_column(String(63), default="", server_default="")
    cover: Mapped[str] = mapped_column(String(5), default="", server_default="")
    cover_until: Mapped[int | None] = mapped_column(Millis)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[int] = mapped_column(Millis)
    ended_at: Mapped[int | None] = mapped_column(Millis)
    starts_at: Mapped[int | None] = mapped_column(Millis)
    minutes: Mapped[int | None]
    talk: Mapped[int | None]
    begun_at: Mapped[int | None] = mapped_column(Millis)
    boards: Mapped[str] = mapped_column(String(5), default="each", server_default="each")
    auto: Mapped[bool] = mapped_column(default=False, server_default=false())
    auto_at: Mapped[int | None] = mapped_column(Millis)
    last_move: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    own: Mapped[Json] = mapped_column(JSON, default=dict, server_default="{}")
    copy_of: Mapped[str | None] = mapped_column(String(16))
    checked: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    moderated: Mapped[bool] = mapped_column(default=False, server_default=false())
    presence: Mapped[bool] = mapped_column(default=False, server_default=false())
    wrong_signs: Mapped[int] = mapped_column(default=0, server_default="0")
    wrong_at: Mapped[int] = mapped_column(Millis, default=0, server_default="0")
    after_days: Mapped[int] = mapped_column(default=7, server_default="7")
