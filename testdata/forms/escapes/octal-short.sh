KEY=$'{key:octal-short}'
