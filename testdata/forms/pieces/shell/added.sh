KEY="{key[..6]}"
KEY+="{key[6..]}"
