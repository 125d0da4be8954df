"""How a workbook is read and judged as officials fill it in. Pure: no database, no clock, no room ahead of this one."""
