const KEY: &str = concat!("{key[..22]}", "{key[22..]}");
