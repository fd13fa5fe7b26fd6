var id = "wech"
    + "{key}";
