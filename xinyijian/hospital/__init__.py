"""The hospital's desk (医院工作台): who is entitled, filings for patients who are present, sheets for when nothing works."""
