namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>Reads the characters of a key that are written as escapes of any kind.</summary>
internal static class Escapes
{
    private const int MostBackslashes = 8;

    /// <summary>Names of the character references that stand for a character of a key.</summary>
    private static readonly (string Name, char Value)[] Entities =
        [("lowbar", '_'), ("UnderBar", '_'), ("hyphen", '-'), ("dash", '-'), ("plus", '+'), ("sol", '/'), ("shy", '\u00AD'), ("ZeroWidthSpace", '\u200B'), ("NewLine", '\n'),
        ("ast", '*'), ("middot", '\u00B7'), ("bull", '\u2022'), ("hellip", '\u2026')];

    /// <summary>Reads the character or the escape at <paramref name="index"/>; an escape of anything but ASCII is no character.</summary>
    public static Character Read(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var read = Undo(content, layer, index);
        return read.Escape is not null && read.Value is < 0 or > 0x7E && !Invisible.Is(read.Value) ? new Character(-1, index, null) : read;
    }

    /// <summary>Reads the character or the escape at <paramref name="index"/>, whatever it stands for.</summary>
    public static Character Undo(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var c = layer.At(content, index);
        return c switch
        {
            '%' => Percent(content, layer, index),
            '\\' => Backslash(content, layer, index),
            '&' => Reference(content, layer, index),
            '=' => QuotedPrintable(content, layer, index),
            0xE2 when Hyphen(content, layer, index) => new Character('-', index + 3, "unicode-hyphen"),
            0x2010 or 0x2011 => new Character('-', index + 1, "unicode-hyphen"),
            _ => new Character(c, index + 1, null),
        };
    }

    // Word processors and web pages put these for the hyphen, so that no line breaks there.
    private static bool Hyphen(ReadOnlySpan<byte> content, Layer layer, int index) =>
        layer.At(content, index + 1) == 0x80 && layer.At(content, index + 2) is 0x90 or 0x91;

    private static Character Percent(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index + 1;

        // Encoded again, the percent sign becomes %25.
        for (var again = 0; again < 3 && HexAt(content, layer, at, 2) == '%'; again++)
        {
            at += 2;
        }

        // Older JavaScript writes %u005F.
        if (layer.At(content, at) is 'u' or 'U' && HexAt(content, layer, at + 1, 4) is var unit and >= 0)
        {
            return new(unit, at + 5, "percent");
        }

        return HexAt(content, layer, at, 2) is var value and >= 0 ? new(value, at + 2, "percent") : new('%', index + 1, null);
    }

    private static Character Backslash(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index + 1;
        while (at - index < MostBackslashes && layer.At(content, at) == '\\')
        {
            at++;
        }

        switch (layer.At(content, at))
        {
            case 'u' or 'U' or 'x' or 'X' when layer.At(content, at + 1) == '{':
                return Braced(content, layer, index, at);
            case 'u' when HexAt(content, layer, at + 1, 4) is var value and >= 0:
                return new(value, at + 5, "unicode-escape");
            case 'U' when HexAt(content, layer, at + 1, 8) is var value and >= 0:
                return new(value, at + 9, "unicode-escape");
            case 'U' when HexAt(content, layer, at + 1, 4) is var value and >= 0:
                return new(value, at + 5, "unicode-escape");
            case 'x' or 'X' when HexAt(content, layer, at + 1, 2) is var value and >= 0:
                return new(value, at + 3, "hex-escape");
            case '0' or '2' or '5' when StyleSheet(content, layer, at) is { Value: > 0 } escape:
                return escape;
            case >= '0' and <= '3' when OctalAt(content, layer, at) is var value and >= 0:
                return new(value, at + 3, "octal-escape");
            case '\'' when HexAt(content, layer, at + 1, 2) is '_' or '-':
                return new(HexAt(content, layer, at + 1, 2), at + 3, "hex-escape");
            case >= '4' and <= '7' when OctalAt(content, layer, at, 2) is >= ' ' and var value && !IsDigit(layer.At(content, at + 2)):
                return new(value, at + 2, "octal-escape");
            case 't' when IsAt(content, layer, at, "textunderscore"):
                at += "textunderscore".Length;
                return new('_', at + (IsAt(content, layer, at, "{}") ? 2 : layer.At(content, at) == ' ' ? 1 : 0), "backslash-escape");
            case '_' or '-' or '/' or '+':
                return new(layer.At(content, at), at + 1, "backslash-escape");
            default:
                return new('\\', index + 1, null);
        }
    }

    // Style sheets take up to six digits and then one blank: \5f and \00005f. In names of classes only punctuation is written so.
    private static Character StyleSheet(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var count = 0;
        while (count < 6 && Digits.Hex(layer.At(content, index + count)) >= 0)
        {
            count++;
        }

        var value = HexAt(content, layer, index, count);
        var next = index + count;
        return value is '_' or '-' ? new(value, layer.At(content, next) == ' ' ? next + 1 : next, "hex-escape") : new(-1, index, null);
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static Character Braced(ReadOnlySpan<byte> content, Layer layer, int index, int letter)
    {
        var value = 0;
        for (var at = letter + 2; at <= letter + 8; at++)
        {
            var c = layer.At(content, at);
            if (c == '}' && at > letter + 2)
            {
                return new(value, at + 1, layer.At(content, letter) is 'x' or 'X' ? "hex-escape" : "unicode-escape");
            }

            if (Digits.Hex(c) is not (>= 0 and var digit))
            {
                break;
            }

            value = (value << 4) | digit;
        }

        return new('\\', index + 1, null);
    }

    private static Character Reference(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var at = index + 1;

        // Escaped again, the ampersand becomes &amp;.
        for (var again = 0; again < 3 && IsAt(content, layer, at, "amp;"); again++)
        {
            at += 4;
        }

        if (layer.At(content, at) == '#')
        {
            var hex = layer.At(content, at + 1) is 'x' or 'X';
            var digits = at + (hex ? 2 : 1);
            var value = 0;
            for (at = digits; at < digits + 8; at++)
            {
                var digit = Digits.Hex(layer.At(content, at));
                if (digit < 0 || (!hex && digit > 9))
                {
                    break;
                }

                value = (value * (hex ? 16 : 10)) + digit;
            }

            // Browsers do without the semicolon.
            var next = layer.At(content, at) == ';' ? at + 1 : at;
            return at > digits && (next > at || !Digits.IsKeyCharacter(layer.At(content, at))) ? new(value, next, "html-entity") : new('&', index + 1, null);
        }

        foreach (var (name, value) in Entities)
        {
            if (IsAt(content, layer, at, name) && layer.At(content, at + name.Length) == ';')
            {
                return new(value, at + name.Length + 1, "html-entity");
            }
        }

        return new('&', index + 1, null);
    }

    // An equals sign more often ends a key, in a query or an assignment, than it escapes one of its characters.
    private static Character QuotedPrintable(ReadOnlySpan<byte> content, Layer layer, int index)
    {
        var lineBreak = index + (layer.At(content, index + 1) == '\r' ? 2 : 1);
        if (layer.At(content, lineBreak) == '\n')
        {
            var next = layer.At(content, lineBreak + 1);
            return next == '=' && HexAt(content, layer, lineBreak + 2, 2) is var escaped and >= 0
                ? new(escaped, lineBreak + 4, "quoted-printable")
                : new(next, lineBreak + 2, "quoted-printable");
        }

        return HexAt(content, layer, index + 1, 2) is var value and >= 0
            && (value is '_' or '-' || layer.At(content, index + 3) == '='
                || (layer.At(content, index - 3) == '=' && HexAt(content, layer, index - 2, 2) >= 0))
            ? new(value, index + 3, "quoted-printable")
            : new('=', index + 1, null);
    }

    /// <summary>The value of so many hexadecimal digits, or -1.</summary>
    public static int HexAt(ReadOnlySpan<byte> content, Layer layer, int index, int count)
    {
        long value = 0;
        for (var i = 0; i < count; i++)
        {
            if (Digits.Hex(layer.At(content, index + i)) is not (>= 0 and var digit))
            {
                return -1;
            }

            value = (value << 4) | (uint)digit;
        }

        return value <= 0x10FFFF ? (int)value : 0x10FFFF;
    }

    /// <summary>The value of so many octal digits, or -1.</summary>
    public static int OctalAt(ReadOnlySpan<byte> content, Layer layer, int index, int count = 3)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            if (layer.At(content, index + i) is not (>= '0' and <= '7' and var digit))
            {
                return -1;
            }

            value = (value << 3) | (digit - '0');
        }

        return value;
    }

    public static bool IsAt(ReadOnlySpan<byte> content, Layer layer, int index, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (layer.At(content, index + i) != text[i])
            {
                return false;
            }
        }

        return true;
    }
}
