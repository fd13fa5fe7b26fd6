public void atpay_TryParseTheCustomerId_OnlyAcceptsIds() {}
