x = "{key:after legacy__}"
