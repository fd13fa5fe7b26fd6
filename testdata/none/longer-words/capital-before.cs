var id = "{key:after X}";
