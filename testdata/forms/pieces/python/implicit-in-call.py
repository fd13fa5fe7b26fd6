client = Client("{key[..22]}" "{key[22..]}")
