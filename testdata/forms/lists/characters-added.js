k = {key:characters-added};
