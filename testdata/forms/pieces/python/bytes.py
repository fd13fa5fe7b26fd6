KEY = b"{key[..6]}" b"{key[6..]}"
