char[] key = { {key:characters} };
