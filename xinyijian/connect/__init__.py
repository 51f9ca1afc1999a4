"""Organisations' systems (机构接入): their keys, tokens, the sandbox, and what every system may ask."""
