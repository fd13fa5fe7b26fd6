namespace AtomicPay.Scanner.Rules.Decoding;

/// <summary>One encoding to undo.</summary>
/// <param name="Encoding">Which.</param>
/// <param name="Alignment">For base64: how many bytes of its group of three stand before the anchor.</param>
internal readonly record struct Step(Encoding Encoding, int Alignment = 0);
