key = bytes([{key:decimal}])
