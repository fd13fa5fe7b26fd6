"caf{key:after \303\251}"
