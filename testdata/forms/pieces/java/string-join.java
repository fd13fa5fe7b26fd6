String.join("", "{key[..6]}", "{key[6..]}");
