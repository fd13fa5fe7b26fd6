id = 'old' + '{key:after _}'
