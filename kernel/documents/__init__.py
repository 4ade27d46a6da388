"""Documents in and out: PDF, XLSX, CSV and ICS to write, CSV and XLSX to read and import."""
