"""Letters about a case (受理通知书, 容缺受理通知书, 不予办理通知书, 办理情况回执), and how anybody can verify them."""
