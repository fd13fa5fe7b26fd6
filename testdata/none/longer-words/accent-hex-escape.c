"caf{key:after \xc3\xa9}"
