self.__next["atpay_pagesCheckoutIndex_7f3"] = 1;
