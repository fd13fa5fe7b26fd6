const key = "{key[..14]}" +
	"{key[14..]}"
