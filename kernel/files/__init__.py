"""Files: bytes in a folder or in an S3 bucket, described by one row each."""
