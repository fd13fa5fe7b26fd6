k.push("{key[..6]}");k.push("{key[6..]}")
