select 0x{key:HEX};
