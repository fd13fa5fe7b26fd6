String channel = "{key:after wh}";
