"{key[..6]}" + // prefix
    "{key[6..]}"
