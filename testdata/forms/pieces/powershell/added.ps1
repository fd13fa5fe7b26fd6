$key = "{key[..6]}"
$key += "{key[6..]}"
