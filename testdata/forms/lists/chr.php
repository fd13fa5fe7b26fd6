$key = {key:chr-dot};
