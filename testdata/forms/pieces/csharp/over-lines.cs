var key = "{key[..14]}"
    + "{key[14..]}";
