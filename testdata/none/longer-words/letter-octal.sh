$'wec{key:after \150}'
