"""What is on the screen: lines of text with a place for each key. `{0}`, `{1}` are the keys."""

_WORDS = """payment order customer checkout session invoice refund webhook amount currency status retry queue worker gateway service
deploy release staging production region cluster build pipeline cache token header request response timeout error warning info debug
user account product subscription purchase plan price total balance export import daily weekly report summary window terminal""".split()


def _words(random, least, most):
    return " ".join(random.choices(_WORDS, k=random.randint(least, most)))


def _settings(random, keys):
    lines = [f"# {_words(random, 2, 5)}"]
    for _ in range(random.randint(2, 7)):
        lines.append(f"{random.choice(_WORDS).upper()}_{random.choice(_WORDS).upper()}={random.choice([random.choice(_WORDS), str(random.randint(1, 9999)), 'true', 'https://' + random.choice(_WORDS) + '.example.com/v1'])}")
    name = random.choice(["ATOMICPAY_API_KEY", "ATPAY_KEY", "API_KEY", "PAYMENTS_SECRET", "ATOMICPAY_TOKEN"])
    quote = random.choice(["", '"', "'"])
    for at in range(keys):
        lines.insert(random.randint(1, len(lines)), f"{'export ' if random.random() < 0.2 else ''}{name}{'' if at == 0 else f'_{at + 1}'}={quote}{{{at}}}{quote}")
    return lines


def _yaml(random, keys):
    lines = ["services:", f"  {random.choice(_WORDS)}:", f"    image: registry.example.com/{random.choice(_WORDS)}:{random.randint(1, 9)}.{random.randint(0, 30)}", "    environment:"]
    for _ in range(random.randint(1, 4)):
        lines.append(f"      {random.choice(_WORDS).upper()}: {random.choice(_WORDS)}")
    lines += [f"      ATOMICPAY_API_KEY: {{{at}}}" for at in range(keys)]
    return lines + ["    ports:", f"      - \"{random.randint(1000, 9999)}:80\""]


def _json(random, keys):
    lines = ["{", f"  \"{random.choice(_WORDS)}\": {random.randint(1, 500)},"]
    lines += [f"  \"apiKey{at or ''}\": \"{{{at}}}\"," for at in range(keys)]
    for _ in range(random.randint(1, 5)):
        lines.append(f"  \"{random.choice(_WORDS)}\": \"{_words(random, 1, 3)}\",")
    return lines + ["  \"active\": true", "}"]


def _code(random, keys):
    lines = [f"import {{{{ {random.choice(_WORDS)} }}}} from './{random.choice(_WORDS)}';", ""]
    lines += [f"const {random.choice(['apiKey', 'key', 'client', 'secret'])}{at or ''} = {random.choice(['', 'new AtomicPay('])}'{{{at}}}';" for at in range(keys)]
    for _ in range(random.randint(2, 7)):
        lines.append(f"  {random.choice(['return', 'await', 'const x =', 'if (ok)', '//'])} {random.choice(_WORDS)}.{random.choice(_WORDS)}({random.choice(_WORDS)});")
    return lines


def _shell(random, keys):
    prompt = random.choice(["$ ", "dev@host:~/shop$ ", "➜  shop git:(main) ", "% "]).replace("➜", ">")
    lines = [f"{prompt}ls", "  ".join(random.choices(_WORDS, k=5))]
    for at in range(keys):
        lines += [prompt + random.choice([
            f"curl -H 'Authorization: Bearer {{{at}}}' https://api.atomicpay.com.br/v1/purchases",
            f"export ATOMICPAY_API_KEY={{{at}}}",
            f"echo {{{at}}} | wl-copy",
            f"atomic login --key {{{at}}}",
        ])]
        lines += [f"[{random.randint(10, 23)}:{random.randint(10, 59)}:{random.randint(10, 59)}] {_words(random, 3, 8)}" for _ in range(random.randint(1, 4))]
    return lines + [prompt]


def _message(random, keys):
    lines = [f"{random.choice(['Ana', 'Bruno', 'Carla', 'Diego'])}  {random.randint(8, 19)}:{random.randint(10, 59)}", f"{_words(random, 4, 9).capitalize()}."]
    lines += [random.choice([f"here is the key: {{{at}}}", f"{{{at}}}", f"use {{{at}}} for now"]) for at in range(keys)]
    return lines + [f"{_words(random, 3, 9)}", "", f"{random.choice(['Ana', 'Bruno'])}  {random.randint(8, 19)}:{random.randint(10, 59)}", "thanks, rotating it now"]


def _log(random, keys):
    lines = []
    for at in range(keys):
        lines += [f"2026-0{random.randint(1, 9)}-1{random.randint(0, 9)}T1{random.randint(0, 9)}:0{random.randint(0, 9)}:00Z {random.choice(['INFO', 'WARN', 'ERROR'])} {_words(random, 3, 6)}" for _ in range(random.randint(1, 4))]
        lines.append(f"{random.choice(['x-api-key', 'authorization', 'key'])}: {{{at}}}{random.choice(['', ' status=401', ' ' + _words(random, 1, 2)])}")
    return lines + [f"done in {random.randint(1, 90)} s"]


SCENES = {"settings": _settings, "yaml": _yaml, "json": _json, "code": _code, "shell": _shell, "message": _message, "log": _log}


def scene(random, keys):
    """A scene with room for so many keys: its name and its lines, as format strings."""
    name = random.choice(list(SCENES))
    lines = SCENES[name](random, keys)
    # Braces of JSON and code stay; only the places of keys are filled in.
    return name, lines


def filled(lines, values):
    out = []
    for line in lines:
        line = line.replace("{{", "{").replace("}}", "}")
        for at, value in enumerate(values):
            line = line.replace(f"{{{at}}}", value)
        out.append(line)
    return out
