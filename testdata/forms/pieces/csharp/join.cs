string.Join("", "{key[..6]}", "{key[6..]}")
