KEY = "{key[..6]}%s" % "{key[6..]}"
