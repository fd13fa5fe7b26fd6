['{key[..6]}', '{key[6..]}'].join
