KEY = "at" "pay_{key[6..]}"
