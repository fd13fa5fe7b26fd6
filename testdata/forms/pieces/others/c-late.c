static const char key[] = "{key[..28]}" "{key[28..]}";
