id = "repe" & "{key}"
