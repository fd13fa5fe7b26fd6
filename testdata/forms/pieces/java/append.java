new StringBuilder("{key[..6]}").append("{key[6..]}")
