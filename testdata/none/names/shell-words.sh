create "atpay_customer_subscription" "9fK2hQ8sWzLm4Rt7Yp3N"
