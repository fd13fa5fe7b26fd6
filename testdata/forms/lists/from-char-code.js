String.fromCharCode({key:decimal-tight})
