string.Concat("{key[..6]}", "{key[6..]}")
