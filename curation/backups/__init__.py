class BackupError(Exception):
    """Why a backup cannot be made or restored, as a sentence for the operator."""
