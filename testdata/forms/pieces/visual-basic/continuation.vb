Dim key = "{key[..6]}" & _
    "{key[6..]}"
