const id = "wech" + "{key}";
