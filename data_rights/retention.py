"""What a person is still reviewing is not thrown away meanwhile."""

from xinyijian.casework.retention import hold

hold("SELECT about_id FROM data_rights_review WHERE about_id IS NOT NULL AND status = 'submitted'")
