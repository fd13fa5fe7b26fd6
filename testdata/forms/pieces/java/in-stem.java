String key = "atp" + "ay_{key[6..]}";
