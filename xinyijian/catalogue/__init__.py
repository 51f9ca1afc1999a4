"""The public catalogue (服务清单) of the programme's 13 services: what each gives, to whom, and how it stands in a region."""
