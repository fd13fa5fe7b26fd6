"{key[..6]}%s".formatted("{key[6..]}")
