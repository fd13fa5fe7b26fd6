builder.Append("{key[..6]}").Append("{key[6..]}");
