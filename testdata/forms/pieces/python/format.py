KEY = "{key[..6]}{}".format("{key[6..]}")
