fmt.Sprintf("{key[..6]}%s", "{key[6..]}")
