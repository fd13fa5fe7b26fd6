namespace AtomicPay.Scanner.Images.Recognisers;

/// <summary>Which texts a search looks for: a key from its prefix on, or what of one stands on the next line.</summary>
internal sealed class KeyForm
{
    /// <summary>The characters of <c>live</c> and <c>test</c>, and how many characters of a key end with them.</summary>
    public const int MarkerLength = 4;
    public const int MarkerEnd = 10;

    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Hexadecimal = "abcdef0123456789";
    private const string KeyPrefix = "atpay_";
    private const int ShortestBody = 16;

    private KeyForm(string prefix, string alphabet, bool hasSeparators, int shortestEnded)
    {
        Prefix = [.. prefix.Select(Glyph.Of)];
        foreach (var character in alphabet)
        {
            Alphabet[Glyph.Of(character)] = true;
        }

        HasSeparators = hasSeparators;
        ShortestEnded = shortestEnded;
    }

    /// <summary>A key of letters, digits and now and then a separator.</summary>
    public static KeyForm Any { get; } = new(KeyPrefix, Base62, hasSeparators: true, ShortestBody);

    /// <summary>A key of hexadecimal digits.</summary>
    public static KeyForm Hex { get; } = new(KeyPrefix, Hexadecimal, hasSeparators: false, ShortestBody);

    /// <summary>The same after <c>live_</c>.</summary>
    public static KeyForm HexLive { get; } = new($"{KeyPrefix}live_", Hexadecimal, hasSeparators: false, ShortestBody);

    /// <summary>The same after <c>test_</c>.</summary>
    public static KeyForm HexTest { get; } = new($"{KeyPrefix}test_", Hexadecimal, hasSeparators: false, ShortestBody);

    /// <summary>What follows on the next line.</summary>
    public static KeyForm AnyContinued { get; } = new("", Base62, hasSeparators: true, 1);

    /// <summary>What follows on the next line, in hexadecimal digits.</summary>
    public static KeyForm HexContinued { get; } = new("", Hexadecimal, hasSeparators: false, 1);

    /// <summary>The glyphs that every text begins with.</summary>
    public int[] Prefix { get; }

    /// <summary>For each glyph whether it may follow.</summary>
    public bool[] Alphabet { get; } = new bool[Glyph.Count];

    public bool HasSeparators { get; }

    /// <summary>Whether <c>live_</c> or <c>test_</c> may follow the prefix.</summary>
    public bool HasMarker => Prefix.Length == KeyPrefix.Length;

    /// <summary>The fewest characters of a text.</summary>
    public int Shortest => Prefix.Length + 1;

    private int ShortestEnded { get; }

    /// <summary>Whether a space or mark after so many characters of the body is its end, and not a mistake.</summary>
    public bool MayEnd(int bodyLength) => bodyLength >= ShortestEnded;
}
