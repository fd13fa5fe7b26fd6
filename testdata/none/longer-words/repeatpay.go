const plan = "{key:after repe}"
