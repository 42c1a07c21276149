"""The table of files that wait to be imported."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from game.store.base import Base, Millis, new_id


class ImportFile(Base):
    """A file that was handed over and whose import has not ended; `id` is that of the import.

    What it holds lies in the instance's folder, and both go together. `fields` has the field of
    each column of each table, `signature` recognises the headings, `job_id` is the job that reads
    it last. `channel` is what all its people come by, where the file's sort says so.
    """

    __tablename__ = "import_files"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    signature: Mapped[str] = mapped_column(String(32))
    fields: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    channel: Mapped[str] = mapped_column(String(40), default="", server_default="")
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[int] = mapped_column(Millis, index=True)
