var key = $"{key[..28]}{"{key[28..]}"}";
