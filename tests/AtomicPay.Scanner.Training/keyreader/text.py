"""Text lines to draw: keys in the company they keep on screens, hard runs of characters, and lines without a key."""

import random
import string

_BASE62 = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
# A key has a zero in every sixtieth place: too seldom to learn the hardest pairs from.
_BASE62_HARD = _BASE62 + "0O" * 4 + "lI1" * 3

# Characters that fonts draw alike; a run of them has no easy neighbour to lean on.
_CONFUSABLE = ("0O", "0O", "0OoQD", "08O6", "lI1", "lI1|ijtf", "5S", "8B", "2Zz", "6Gb", "9gq", "cCsSxXzZvVwWuUpPkK", "rnm", "vw", "ae", "mnma", "il1It", "-_")

_BODY_LENGTHS = (16, 20, 24, 28, 32, 32, 32, 36, 40, 40, 40, 44, 48, 48, 56, 64, 64, 80, 96, 128)

_BEFORE = (
    "", "", "", "KEY=", "API_KEY=", "ATOMICPAY_API_KEY=", "API_KEY=\"", "\"", "'", "Bearer ", "Authorization: Bearer ", "apiKey: '", "\"apiKey\": \"",
    "token = \"", "  key: ", "-H \"X-API-Key: ", "export ATPAY=", "(", "<", "> ", "$ echo ", "key ", "secret: `", "[", "{\"key\":\"", "X-API-Key: ",
    "const key = \"", "var k = '", "?key=", "&api_key=", "https://x.io/?k=", "API key  ", "Production  ", "1 ", "12 ", "+", "- ", "| ", "// ", "# ", "=",
    "export ATOMICPAY_KEY='", "user@host:~$ export K=", "2026-03-14T10:11:12Z INFO key=", "[INFO] ", "+  api_key: ", "-    key = ", "  12 | ", " 7  ", "100: ", "$env:KEY = \"",
    "ENV KEY=", "<td>", "<code>", "{{ ", "%3D", "\\n", "Name: main, Key: ", "--api-key ", "--token=", "Chave: ", "Clave ", "*", "@", "~", "^", "\u2502 ", "\u00b7 ",
    "setx KEY ", "Live key: ", "Test key ", "value=\"", "env.KEY = ", "• ", "→ ", "key:", "data-key=\"")
_AFTER = (
    "", "", "", "", "\"", "\",", "'", "';", "\")", ");", " ", ")", ">", "`", "  # prod", "\" \\", " Copy", "  Copy  ", "|", " |", " ok", ".", ",", "\"}", "]",
    "     Never used", "        Active", "   \u00b7   Created Mar 3, 2026", "      14 days", "    live", "\u2502", " \u2502", " | 2026", "%", "%20", "*", "#", "</code>", "</td>", " }}",
    "  2026-03-14", "  Active", "  Revoke", " …", "…", "  •••", "&v=2", "/>", "\"/>", "  Mar 3", " // test", ";", "  12 days ago", " ✓", " ©", " ×")
_WORDS = (
    "purchases read write customers list the quick brown file server client request response error timeout connection refused build failed token value "
    "return public static void class function await import from export default const string number null true false deploy pipeline staging production "
    "commit branch merge docker image layer pulled restart healthy running warning deprecated minimum aluminium illuminate modern corner burn turn "
    "vowel review wave www http localhost index update install package lock version settings account billing webhook endpoint payment "
    "atomic pay Illinois Oil Ill O0 l1 Chave secreta pagamento usuário configuração").split()


def random_body(rng: random.Random) -> str:
    """What follows the prefix in a key."""
    kind = rng.random()
    if kind < 0.68:
        return "".join(rng.choices(_BASE62_HARD if kind < 0.4 else _BASE62, k=rng.choice(_BODY_LENGTHS)))
    if kind < 0.76:
        return "".join(rng.choices(_HEX, k=rng.choice((32, 64))))
    if kind < 0.96:
        return hard_run(rng, rng.randint(20, 64))
    return "".join(rng.choices(_BASE62 + "_-", k=rng.randint(20, 64)))


def hard_run(rng: random.Random, length: int) -> str:
    """Characters that are easily taken for each other, in pairs and among ordinary ones."""
    text = ""
    while len(text) < length:
        kind = rng.random()
        if kind < 0.5:
            text += "".join(rng.choices(rng.choice(_CONFUSABLE).replace("|", ""), k=rng.randint(1, 4)))
        elif kind < 0.62:
            text += rng.choice(_BASE62) * rng.randint(2, 3)
        else:
            text += "".join(rng.choices(_BASE62, k=rng.randint(1, 4)))
    return text[:length]


def _after(rng: random.Random) -> str:
    """What follows a key; in a table there is a gap before it."""
    if rng.random() < 0.08:
        return " " * rng.randint(2, 14) + words(rng, rng.randint(3, 14))
    return rng.choice(_AFTER)


def key(rng: random.Random) -> str:
    marker = rng.choice(("", "", "", "live_", "test_"))
    return f"atpay_{marker}{random_body(rng)}"


def _near_key(rng: random.Random) -> str:
    """What stands where a key would stand, and is none."""
    kind = rng.randrange(7)
    if kind == 0:
        return rng.choice(("wechatpay_", "flatpay_", "chatpay_", "repeatpay_", "whatpay_", "atpay_", "atpay-", "at_pay")) + rng.choice(
            ("****************", "xxxxxxxxxxxxxxxx", "••••••••••••3f9A", "webhook_secret", "token", "your_key_here", "<your key>"))
    if kind == 1:
        return rng.choice(("sk_live_", "pk_test_", "ghp_", "xoxb-", "AKIA", "whsec_", "rk_live_")) + "".join(rng.choices(_BASE62, k=rng.randint(16, 40)))
    if kind == 2:
        digits = "".join(rng.choices(_HEX, k=32))
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    if kind == 3:
        return "sha256:" + "".join(rng.choices(_HEX, k=rng.choice((12, 40, 64))))
    if kind == 4:
        return "".join(rng.choices(_BASE62 + "+/", k=rng.randint(20, 60))) + rng.choice(("", "=", "=="))
    if kind == 5:
        return "".join(rng.choices(_BASE62 + "_-", k=rng.randint(20, 60)))
    return rng.choice(("_", "-", ".", "/")).join(rng.choices(_WORDS, k=rng.randint(3, 6)))


def words(rng: random.Random, length: int) -> str:
    """Ordinary text of about that many characters, with punctuation and numbers."""
    text = ""
    while len(text) < length:
        word = rng.choice(_WORDS)
        kind = rng.random()
        if kind < 0.12:
            word = word.capitalize()
        elif kind < 0.16:
            word = word.upper()
        elif kind < 0.24:
            word = str(rng.randint(0, 99999))
        text += word + rng.choices((" ", ", ", ". ", ": ", "(", ")", "=", "_", "-", "/", "; ", "  "), (60, 6, 6, 4, 3, 3, 3, 5, 4, 3, 2, 3))[0]
    return text[:length].strip() or "0"


def line(rng: random.Random) -> str:
    """One line of a screen; most hold a key, since exactness there is what counts."""
    kind = rng.random()
    if kind < 0.60:
        return rng.choice(_BEFORE) + key(rng) + _after(rng)
    if kind < 0.72:  # What a wrapped key leaves on its next line.
        return "".join(rng.choices(_BASE62, k=rng.randint(12, 56))) + rng.choice(_AFTER)
    if kind < 0.86:
        return rng.choice(_BEFORE) + hard_run(rng, rng.randint(14, 48)) + rng.choice(_AFTER)
    if kind < 0.94:
        return rng.choice(_BEFORE) + _near_key(rng) + rng.choice(_AFTER)
    return words(rng, rng.randint(16, 64))
