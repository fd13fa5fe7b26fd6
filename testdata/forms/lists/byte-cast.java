byte[] key = { {key:byte-cast} };
