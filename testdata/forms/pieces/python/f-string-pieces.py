KEY = "{key[..6]}" f"{key[6..]}"
