"{key[..6]}".concat("{key[6..]}")
