"""The declarative base and the session."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ARRAY, Date, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

from kernel.db import pool  # noqa: F401 - watches over every connection
from kernel.db.types import Timestamp

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the product; names of constraints follow one convention."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        datetime: Timestamp(),
        date: Date(),
        Decimal: Numeric(),
        str: Text(),
        list[str]: ARRAY(Text()),
        dict[str, Any]: JSONB(),
    }


# Models inherit from Base itself, which type checkers can read; `db.Model` is not used.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
