byte[] key = { {key:HEX-0x} };
