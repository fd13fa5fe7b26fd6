FIELDS = ['atpay_customer_identifier_v2', 'a8f3k2l9x0q7w5e1']
