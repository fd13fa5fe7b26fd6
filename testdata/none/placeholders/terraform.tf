key = "atpay_${random_password.key.result}"
