Dim key = "at" & "pay_{key[6..]}"
