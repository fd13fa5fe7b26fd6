export KEY="{key[..22]}"'{key[22..]}'
