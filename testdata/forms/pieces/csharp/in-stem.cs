var key = "at" + "pay_" + "{key[6..]}";
