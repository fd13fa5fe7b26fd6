key = join("", ["{key[..22]}", "{key[22..]}"])
