$key = {key:char-cast}
