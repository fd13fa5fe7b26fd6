KEY="{key[..6]}"'{key[6..]}'
