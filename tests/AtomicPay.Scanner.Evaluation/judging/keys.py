"""Keys that were never issued, and what is easily taken for one."""

import string

BASE62 = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def key(random):
    """A key and what kind it is."""
    kind = random.choices(["base62", "hex", "env-prefixed", "separators"], [60, 15, 18, 7])[0]
    if kind == "hex":
        return "atpay_" + "".join(random.choices(HEX, k=random.choice([32, 32, 48, 64]))), kind
    body = "".join(random.choices(BASE62, k=random.choice([24, 28, 32, 32, 32, 36, 40, 40, 43, 48, 56])))
    if kind == "env-prefixed":
        return f"atpay_{random.choice(['live', 'test'])}_{body}", kind
    if kind == "separators":
        at = random.randrange(6, len(body) - 6)
        return f"atpay_{body[:at]}{random.choice('-_')}{body[at:]}", kind
    return "atpay_" + body, kind


def look_alike(random):
    """Something in a key's place that is no key that leaked, and what it is."""
    body = "".join(random.choices(BASE62, k=32))
    return random.choice([
        ("atpay_" + body[:4] + "*" * random.randint(8, 28), "masked"),
        ("atpay_" + "•" * random.randint(12, 32), "masked"),
        (f"atpay_{body[:8]}…", "cut off"),
        (f"atpay_{body[:6]}...", "cut off"),
        (f"atpay_{'x' * random.randint(16, 32)}", "placeholder"),
        ("atpay_your_api_key_here", "placeholder"),
        ("atpay_REPLACE_WITH_YOUR_KEY", "placeholder"),
        ("<YOUR_ATOMICPAY_KEY>", "placeholder"),
        ("${ATOMICPAY_API_KEY}", "reference"),
        ("process.env.ATPAY_KEY", "reference"),
        (f"sk_live_{body}", "other vendor"),
        (f"ghp_{body}abcd", "other vendor"),
        (f"wechatpay_{body}", "other word"),
        (f"flatpay_{body}", "other word"),
        (f"whatpay_{body[:24]}", "other word"),
        (f"{body}{body[::-1]}", "token"),
        ("".join(random.choices(HEX, k=64)), "hash"),
        ("-".join("".join(random.choices(HEX, k=k)) for k in (8, 4, 4, 4, 12)), "uuid"),
    ])
