builder.Append("{key[..6]}");
builder.Append("{key[6..]}");
