Key = <<{key:decimal-tight}>>.
