WECHATPAY_KEY = "{key:after wech}"
