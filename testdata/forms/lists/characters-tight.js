[{key:characters-tight}].join("")
