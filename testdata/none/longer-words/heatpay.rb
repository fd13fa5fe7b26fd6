METER = '{key:after he}'
