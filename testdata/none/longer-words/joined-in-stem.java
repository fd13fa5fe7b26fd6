String id = "wech" + "{key[..3]}" + "{key[3..]}";
