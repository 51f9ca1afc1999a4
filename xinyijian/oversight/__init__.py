"""The auditor's room (审计监督): reads the trail, proves it, asks decisions again. It changes nothing but its own list of proofs."""
