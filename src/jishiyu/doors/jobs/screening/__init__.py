"""Households in Parquet files screened by the district's kernel: in this process, or handed out file by file to a cluster."""
