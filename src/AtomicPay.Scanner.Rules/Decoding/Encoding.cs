namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>The ways in which a whole run of text may be encoded.</summary>
internal enum Encoding
{
    /// <summary>Base64 in either alphabet, padded or not, wrapped or not.</summary>
    Base64,

    /// <summary>Two hexadecimal digits a byte, in one run, in a list or in a dump.</summary>
    Hex,

    /// <summary>A list of decimal numbers.</summary>
    Decimal,

    /// <summary>A list of single characters, each in quotes.</summary>
    Characters,

    /// <summary>Two bytes a character, in either order.</summary>
    Utf16,

    /// <summary>Four bytes a character, in either order.</summary>
    Utf32,
}
