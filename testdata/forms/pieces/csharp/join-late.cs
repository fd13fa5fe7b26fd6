var key = string.Join("", "{key[..22]}", "{key[22..]}");
