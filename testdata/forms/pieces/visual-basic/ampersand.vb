Dim key = "{key[..6]}" & "{key[6..]}"
