"""Mail: queued in the business transaction, sent by a job, in the recipient's language."""
