namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>One encoding to undo.</summary>
/// <param name="Encoding">Which.</param>
/// <param name="Alignment">
/// For base64: how many bytes of its group of three stand before the anchor. For lists: how many characters of the prefix do.
/// </param>
/// <param name="Separator">For lists: what stands between two of their elements, without blanks.</param>
internal readonly record struct Step(Encoding Encoding, int Alignment = 0, string Separator = "")
{
    /// <summary>Elements that nothing but blanks separate, if anything does.</summary>
    public const string Blank = " ";

    /// <summary>Elements that are separated by whatever stands between the first two.</summary>
    public const string AnySeparator = "?";
}
