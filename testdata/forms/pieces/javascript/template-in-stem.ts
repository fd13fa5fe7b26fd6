const key = `{key[..3]}${'{key[3..]}'}`;
