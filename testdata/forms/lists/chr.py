key = {key:chr-plus}
