key = f"atpay_{os.environ['SUFFIX']}"
