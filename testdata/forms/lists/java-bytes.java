byte[] key = new byte[] {{key:decimal}};
