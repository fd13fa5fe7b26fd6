const key = "atp" + "ay_{key[6..]}"
