KEY = f"{key[..6]}{'{key[6..]}'}"
