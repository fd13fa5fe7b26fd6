namespace AtomicPay.Scanner.Content;

/// <summary>How much was looked at.</summary>
internal readonly record struct ContentTally(long Files, long Objects, long Bytes)
{
    public static ContentTally operator +(ContentTally left, ContentTally right) => left.Add(right);

    public ContentTally Add(ContentTally other) => new(Files + other.Files, Objects + other.Objects, Bytes + other.Bytes);
}
