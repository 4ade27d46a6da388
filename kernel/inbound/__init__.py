"""Mail in: taken by SMTP, LMTP or a webhook, kept sealed in one commit, handled by a job."""
