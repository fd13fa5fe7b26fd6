var key = string.Concat("{key[..22]}", "{key[22..]}");
