const key = 'atpa' + 'y_{key[6..]}';
