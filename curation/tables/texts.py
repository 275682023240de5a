"""Tells the room of translations which texts an import or a merge changed."""


def mark_changed(record, fields):
    """Called just before `record` is saved, so that what is noted on it is saved with it.

    `fields` are the names of the columns that hold a new value, for example {"summary_nl"}.
    """
