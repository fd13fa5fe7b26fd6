key := strings.Join([]string{"{key[..22]}", "{key[22..]}"}, "")
