"""Whose verdict sealed an entry, fake verdicts, merges that can be undone, former keys, own words.

The sums of all players are made what their entries come to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SEAL = """
UPDATE points SET lead_id = (
  SELECT r.lead_id FROM recommendations r WHERE r.player_id = points.player_id
  AND r.round_id = points.round_id AND r.slot = points.slot
) WHERE status <> 'provisional'
"""
SUMS = """
UPDATE players SET
  provisional = (SELECT COALESCE(SUM(amount), 0) FROM points
                 WHERE points.player_id = players.id AND status <> 'revoked'),
  confirmed = (SELECT COALESCE(SUM(amount), 0) FROM points
               WHERE points.player_id = players.id AND status = 'confirmed')
"""
FAKE = """
UPDATE verdicts SET fake = :yes WHERE verdict = 'pass' AND lead_id IN (
  SELECT lead_id FROM points WHERE status = 'revoked' AND lead_id IS NOT NULL)
"""


def upgrade() -> None:
    op.add_column("points", sa.Column("lead_id", sa.String(length=16), nullable=True))
    op.add_column(
        "verdicts", sa.Column("fake", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("leads", sa.Column("corrected_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "former_keys",
        sa.Column("lead_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["leads.id"], name=op.f("fk_former_keys_lead_id_leads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lead_id", "key", name=op.f("pk_former_keys")),
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kept_id", sa.String(length=16), nullable=False),
        sa.Column("other", sa.JSON(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("recommendations", sa.JSON(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("merges", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.String(length=16), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["leads.id"], name=op.f("fk_merges_kept_id_leads"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_merges_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_kept_id"), "merges", ["kept_id"])
    op.create_table(
        "own_words",
        sa.Column("player_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("slot", sa.String(length=48), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id"],
            ["players.id"],
            name=op.f("fk_own_words_player_id_players"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["rounds.id"],
            name=op.f("fk_own_words_round_id_rounds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", "round_id", "slot", name=op.f("pk_own_words")),
    )
    op.execute(SEAL)
    op.execute(sa.text(FAKE).bindparams(yes=True))
    op.execute(SUMS)


def downgrade() -> None:
    op.drop_table("own_words")
    op.drop_table("merges")
    op.drop_table("former_keys")
    op.drop_column("leads", "corrected_at")
    op.drop_column("verdicts", "fake")
    op.drop_column("points", "lead_id")
