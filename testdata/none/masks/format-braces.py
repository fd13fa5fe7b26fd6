"{key[..24]}{}".format(rest)
