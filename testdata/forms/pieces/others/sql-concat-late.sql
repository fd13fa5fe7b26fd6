SELECT CONCAT('{key[..22]}', '{key[22..]}');
