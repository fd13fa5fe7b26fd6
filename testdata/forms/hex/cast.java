byte[] key = { {key:hex-cast} };
