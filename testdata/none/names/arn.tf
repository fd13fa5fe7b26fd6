role = "atpay_arn_aws_iam_123456789012_role"
