const string Key = "atpay_YOUR_API_KEY_GOES_HERE";
