$key = 'at' . 'pay_{key[6..]}';
