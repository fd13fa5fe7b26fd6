'wec{key:after \x68}'
