(def key (str "{key[..22]}" "{key[22..]}"))
