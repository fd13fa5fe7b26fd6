const key = 'a' + 'tpay_{key[6..]}';
