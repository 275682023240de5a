"""Tells the room of translations which texts an import changed."""


def mark_changed(record, fields):
    """`fields` are the names of the columns that were written, for example {"summary_nl"}."""
