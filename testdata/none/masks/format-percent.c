printf("{key[..24]}%s", rest);
