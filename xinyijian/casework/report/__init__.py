"""The bureau's report (业务统计): figures by service, place and month, each of which opens its list; later services add columns."""
