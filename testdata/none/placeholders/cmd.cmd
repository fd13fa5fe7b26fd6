set KEY=atpay_%SUFFIX%
