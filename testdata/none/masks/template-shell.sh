K={key[..24]}${SUFFIX}
