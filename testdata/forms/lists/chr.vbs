key = {key:chr-and}
