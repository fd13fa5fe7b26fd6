var id = "{key:after 9}";
