"""marshmallow fields for both doors: an HTML form and a JSON body load through one schema."""

from kernel.fields.base import BaseField
from kernel.fields.choices import Boolean, Choice, Choices, Identifier, Upload, YesNo
from kernel.fields.dates import Date, DateTime, PartialDay, Time
from kernel.fields.nested import ListOf, Nested
from kernel.fields.numbers import Decimal, Integer, MoneyAmount, Version
from kernel.fields.places import Country, Currency, Language, LanguageList, TimeZone
from kernel.fields.schema import Schema
from kernel.fields.shares import Share
from kernel.fields.text import Email, Lines, LongText, Password, Text, Url
from kernel.fields.view import FieldView, Option, describe

__all__ = [
    "BaseField",
    "Boolean",
    "Choice",
    "Choices",
    "Country",
    "Currency",
    "Date",
    "DateTime",
    "Decimal",
    "Email",
    "FieldView",
    "Identifier",
    "Integer",
    "Language",
    "LanguageList",
    "Lines",
    "ListOf",
    "LongText",
    "MoneyAmount",
    "Nested",
    "Option",
    "PartialDay",
    "Password",
    "Schema",
    "Share",
    "Text",
    "Time",
    "TimeZone",
    "Upload",
    "Url",
    "Version",
    "YesNo",
    "describe",
]
