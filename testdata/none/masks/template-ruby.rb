"{key[..24]}#{suffix}"
